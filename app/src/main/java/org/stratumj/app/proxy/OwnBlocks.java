package org.stratumj.app.proxy;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.stratumj.bitcoin.Hash256;

/// The blocks that miners here found, to notice when one becomes the tip of the chain: nobody tells otherwise. Any
/// thread.
final class OwnBlocks {
    /// The most blocks remembered.
    static final int BLOCKS_MAX = 64;

    private final SequencedSet<Hash256> waiting = new LinkedHashSet<>();
    private long found;
    private long accepted;

    /// Remembers one.
    synchronized void add(Hash256 block) {
        found++;
        waiting.addLast(block);
        if (waiting.size() > BLOCKS_MAX) {
            waiting.removeFirst();
        }
    }

    /// The chain has this tip.
    ///
    /// @return whether it is one of ours
    synchronized boolean onTip(Hash256 tip) {
        boolean ours = waiting.remove(tip);
        accepted += ours ? 1 : 0;
        return ours;
    }

    /// Blocks found since the start, whatever became of them.
    synchronized long found() {
        return found;
    }

    /// Blocks that became the tip since the start.
    synchronized long accepted() {
        return accepted;
    }
}
