package org.stratumj.miner;

/// Cuts one thread's hashing into slices short enough to notice new work between them, and says how long to rest
/// after each to stay below a limit. One thread; the clock is the caller's.
final class Pace {
    /// How long a slice is meant to take, with or without its rest.
    static final long SLICE_NANOS = 20_000_000;

    /// How much time lost, to a busy machine or a rest that lasted too long, may be made up for.
    static final long CATCH_UP_NANOS = 100_000_000;

    private static final long SLICE_MIN = 64;
    private static final long SLICE_MAX = SearchSpace.SEGMENT_NONCES;

    /// How many hashes fill a slice at the measured speed.
    private long filling = SLICE_MIN;

    /// When the hashes done so far would be finished at exactly the limit.
    private long due;

    private double limit = Double.POSITIVE_INFINITY;

    /// Hashes to do next, at least 1.
    ///
    /// @param hashesPerSecondMax the thread's limit, greater than 0; infinite for none
    long slice(double hashesPerSecondMax) {
        double allowed = hashesPerSecondMax * SLICE_NANOS / 1e9;
        return allowed < filling ? Math.max(1, (long) allowed) : filling;
    }

    /// Takes note of a slice done.
    ///
    /// @return nanoseconds to rest, 0 for none
    long rest(double hashesPerSecondMax, long hashes, long beganNanoTime, long endedNanoTime) {
        adjust(hashes, endedNanoTime - beganNanoTime);
        if (hashesPerSecondMax != limit) {
            limit = hashesPerSecondMax;
            due = beganNanoTime;
        }
        if (Double.isInfinite(limit)) {
            return 0;
        }
        long behind = Math.clamp(beganNanoTime - due, Long.MIN_VALUE, CATCH_UP_NANOS);
        due = beganNanoTime - behind + (long) (hashes * 1e9 / limit);
        return Math.max(0, due - endedNanoTime);
    }

    /// Moves towards the filling that took [#SLICE_NANOS], by a factor of two at most: the first slices run before
    /// the code is compiled.
    private void adjust(long hashes, long nanos) {
        double fitting = (double) hashes * SLICE_NANOS / Math.max(1, nanos);
        double grown = Math.clamp(fitting, filling / 2.0, filling * 2.0);
        filling = Math.clamp((long) grown, SLICE_MIN, SLICE_MAX);
    }
}
