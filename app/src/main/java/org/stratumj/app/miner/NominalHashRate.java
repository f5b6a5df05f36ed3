package org.stratumj.app.miner;

import java.time.Duration;
import java.util.OptionalDouble;

/// The hash rate that the server was told for a channel, and when to tell it another. For one thread at a time.
final class NominalHashRate {
    /// How far the measured rate may be off, as a part of the told one.
    static final double DRIFT_MAX = 0.2;

    /// How long the threads have to hash without a break before the measurement counts: three times the memory of the
    /// meter.
    static final Duration SETTLING = Duration.ofSeconds(30);

    private double told;
    private long steadySince;

    /// @param told     hashes per second, as in the request for the channel
    /// @param nanoTime now
    NominalHashRate(double told, long nanoTime) {
        this.told = told;
        this.steadySince = nanoTime;
    }

    /// The threads begin to hash after a rest.
    void began(long nanoTime) {
        steadySince = nanoTime;
    }

    /// Compares.
    ///
    /// @param measured hashes per second
    /// @return what to tell the server, which counts as told; empty if what it knows is good enough
    OptionalDouble update(double measured, long nanoTime) {
        if (nanoTime - steadySince < SETTLING.toNanos() || Math.abs(measured - told) <= DRIFT_MAX * told) {
            return OptionalDouble.empty();
        }
        told = measured;
        steadySince = nanoTime;
        return OptionalDouble.of(measured);
    }
}
