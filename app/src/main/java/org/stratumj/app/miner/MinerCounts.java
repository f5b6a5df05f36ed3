package org.stratumj.app.miner;

import java.util.LinkedHashSet;
import java.util.Map;
import org.stratumj.app.mining.Reasons;
import org.stratumj.bitcoin.Hash256;

/// What became of the shares and blocks of all connections. Any thread.
final class MinerCounts {
    /// The most blocks that are watched for in the chain; a further one pushes the oldest out.
    static final int BLOCKS_MAX = 256;

    private final Reasons refused = new Reasons();
    private final LinkedHashSet<Hash256> waiting = new LinkedHashSet<>();
    private long accepted;
    private long found;
    private long inChain;

    /// The server says that it accepted so many.
    synchronized void accepted(long count) {
        accepted += count;
    }

    void refused(String code) {
        refused.add(code);
    }

    /// A block was submitted.
    synchronized void found(Hash256 block) {
        found++;
        waiting.add(block);
        if (waiting.size() > BLOCKS_MAX) {
            waiting.removeFirst();
        }
    }

    /// The chain goes on from this block.
    ///
    /// @return whether it is one of ours that was not known to be in the chain
    synchronized boolean onTip(Hash256 block) {
        boolean ours = waiting.remove(block);
        inChain += ours ? 1 : 0;
        return ours;
    }

    synchronized long accepted() {
        return accepted;
    }

    Map<String, Long> refused() {
        return refused.counts();
    }

    synchronized long blocksFound() {
        return found;
    }

    synchronized long blocksInChain() {
        return inChain;
    }
}
