package org.stratumj.app.miner;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Bounds the candidates on their way from the hashing threads to the lane: a server may set a target that every hash
/// meets. Any thread.
final class CandidateGate {
    /// The most candidates on their way.
    static final int CANDIDATES_MAX = 1024;

    /// Places besides, for candidates that make a block.
    static final int BLOCKS_MAX = 64;

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /// Takes a place, to be given back with [#leave].
    ///
    /// @param block whether the candidate makes a block; asked only if places are short
    /// @return false if there is none: the candidate is to be dropped
    boolean enter(BooleanSupplier block) {
        int present = inside.incrementAndGet();
        if (present <= CANDIDATES_MAX || (present <= CANDIDATES_MAX + BLOCKS_MAX && block.getAsBoolean())) {
            return true;
        }
        inside.decrementAndGet();
        dropped.incrementAndGet();
        return false;
    }

    void leave() {
        inside.decrementAndGet();
    }

    /// How many were dropped since the last call.
    long takeDropped() {
        return dropped.getAndSet(0);
    }
}
