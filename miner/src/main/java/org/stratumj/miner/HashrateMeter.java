package org.stratumj.miner;

/// Measures a hash rate: an average of all that was done, in which what is older counts for less, by a factor e for
/// each [#MEMORY_NANOS]. Any thread.
final class HashrateMeter {
    /// Time constant of the average.
    static final double MEMORY_NANOS = 10e9;

    private long hashesTotal;
    private double weighted;
    private long began;
    private long last;

    /// Adds hashes done between two moments.
    synchronized void add(long hashes, long beganNanoTime, long endedNanoTime) {
        if (hashesTotal == 0) {
            began = beganNanoTime;
            last = endedNanoTime;
        }
        // Threads come here in any order: what is reported late counts as done at the latest moment known.
        long now = Math.max(0, endedNanoTime - last) + last;
        weighted = weighted * fading(now - last) + hashes;
        last = now;
        hashesTotal += hashes;
    }

    /// Hashes per second, 0 before the first are added.
    synchronized double hashesPerSecond(long nanoTime) {
        double elapsed = Math.max(0, nanoTime - last) + (double) (last - began);
        if (elapsed <= 0) {
            return 0;
        }
        double memoryFilled = 1 - Math.exp(-elapsed / MEMORY_NANOS);
        return weighted * fading(Math.max(0, nanoTime - last)) / (MEMORY_NANOS * memoryFilled) * 1e9;
    }

    /// All hashes ever added.
    synchronized long hashesTotal() {
        return hashesTotal;
    }

    private static double fading(long nanos) {
        return Math.exp(-nanos / MEMORY_NANOS);
    }
}
