package org.stratumj.node.embedded;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;

/// A block's place in the tree of blocks. The header stays for ever; body and changes are let go of when the
/// block is deep enough.
final class ChainEntry {
    private static final int MEDIAN_BLOCKS = 11;

    private final Hash256 hash;
    private final BlockHeader header;
    private final int height;
    private final BigInteger work;
    private final @Nullable ChainEntry previous;
    private @Nullable HashedBlock body;
    private @Nullable CoinChanges changes;

    private ChainEntry(
            Hash256 hash,
            BlockHeader header,
            int height,
            BigInteger workBefore,
            @Nullable ChainEntry previous,
            @Nullable HashedBlock body) {
        this.hash = hash;
        this.header = header;
        this.height = height;
        this.work = workBefore.add(Target.fromCompact(header.nBits()).work());
        this.previous = previous;
        this.body = body;
    }

    static ChainEntry genesis(BlockHeader header) {
        return new ChainEntry(header.hash(), header, 0, BigInteger.ZERO, null, null);
    }

    ChainEntry next(HashedBlock block) {
        return new ChainEntry(block.hash(), block.block().header(), height + 1, work, this, block);
    }

    Hash256 hash() {
        return hash;
    }

    BlockHeader header() {
        return header;
    }

    int height() {
        return height;
    }

    /// Work of the whole chain up to this block.
    BigInteger work() {
        return work;
    }

    /// The block before; none before genesis.
    @Nullable
    ChainEntry previous() {
        return previous;
    }

    /// The block, unless pruned.
    @Nullable
    HashedBlock body() {
        return body;
    }

    /// What connecting the block did to the coins; none if it is not connected, or pruned.
    @Nullable
    CoinChanges changes() {
        return changes;
    }

    void changes(@Nullable CoinChanges made) {
        changes = made;
    }

    void prune() {
        body = null;
        changes = null;
    }

    ChainEntry ancestor(int wantedHeight) {
        ChainEntry entry = this;
        while (entry.height > wantedHeight && entry.previous != null) {
            entry = entry.previous;
        }
        return entry;
    }

    /// Median of the times of the last eleven blocks up to this one (BIP113): the next block's time must be above
    /// it.
    long medianTimePast() {
        long[] times = new long[Math.min(MEDIAN_BLOCKS, height + 1)];
        ChainEntry entry = this;
        for (int i = 0; i < times.length && entry != null; i++) {
            times[i] = entry.header.time();
            entry = entry.previous;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
