package org.stratumj.app.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.stratumj.bitcoin.Hash256;

/// The blocks that miners here found, to notice when one becomes the tip of the chain: no message of the upstream says
/// so. Any thread.
final class OwnBlocks {
    /// The most blocks remembered.
    static final int BLOCKS_MAX = 64;

    /// How many tips later a block is given up.
    static final int TIPS_KEPT = 6;

    /// By block: how many tips there had been when it was found.
    private final SequencedMap<Hash256, Long> waiting = new LinkedHashMap<>();

    private long tips;
    private long found;
    private long accepted;

    /// Remembers one.
    synchronized void add(Hash256 block) {
        found++;
        waiting.putLast(block, tips);
        if (waiting.size() > BLOCKS_MAX) {
            waiting.pollFirstEntry();
        }
    }

    /// The chain has this tip.
    ///
    /// @return whether it is one of ours
    synchronized boolean onTip(Hash256 tip) {
        tips++;
        boolean ours = waiting.remove(tip) != null;
        accepted += ours ? 1 : 0;
        return ours;
    }

    /// Forgets the blocks that have not become the tip in [#TIPS_KEPT] changes of it.
    ///
    /// @return those, each once
    synchronized List<Hash256> takeGone() {
        List<Hash256> gone = new ArrayList<>();
        waiting.forEach((block, foundAt) -> {
            if (tips - foundAt > TIPS_KEPT) {
                gone.add(block);
            }
        });
        waiting.keySet().removeAll(gone);
        return gone;
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
