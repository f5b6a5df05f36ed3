package org.stratumj.service;

import java.time.Duration;

/// When to dial again after a connection failed or ended.
///
/// @param first  pause after the first failure
/// @param max    longest pause; each failure doubles the pause up to it
/// @param jitter share of the pause that is random, 0..1, so that thousands of clients do not come back at once
public record ReconnectPolicy(Duration first, Duration max, double jitter) {

    /// @throws IllegalArgumentException if a pause is not positive, `max` is below `first`, or the jitter out
    ///     of range
    public ReconnectPolicy {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("pauses must be positive and first <= max: " + first + ", " + max);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be 0..1, is " + jitter);
        }
    }

    /// 250 ms to 30 s with 20 % jitter.
    public static ReconnectPolicy defaults() {
        return new ReconnectPolicy(Duration.ofMillis(250), Duration.ofSeconds(30), 0.2);
    }
}
