package org.stratumj.service;

import java.time.Duration;

/// When to dial again after a connection failed or ended.
///
/// @param first  pause after the first failure
/// @param max    longest pause; each failure doubles the pause up to it
/// @param jitter share of the pause that is random, 0..1, so that thousands of clients do not come back at once
/// @param returnAfter how long a client stays with an upstream that is not the first of its list before it
///     looks whether that one takes it again, and as often after that; [Duration#ZERO] to stay as long as it
///     holds
public record ReconnectPolicy(Duration first, Duration max, double jitter, Duration returnAfter) {
    /// [#returnAfter] unless it is given.
    public static final Duration DEFAULT_RETURN_AFTER = Duration.ofMinutes(5);

    /// @throws IllegalArgumentException if a pause is not positive, `max` is below `first`, `returnAfter`
    ///     negative, or the jitter out of range
    public ReconnectPolicy {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("pauses must be positive and first <= max: " + first + ", " + max);
        }
        if (returnAfter.isNegative()) {
            throw new IllegalArgumentException("returnAfter must not be negative, is " + returnAfter);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be 0..1, is " + jitter);
        }
    }

    /// With the default [#returnAfter].
    public ReconnectPolicy(Duration first, Duration max, double jitter) {
        this(first, max, jitter, DEFAULT_RETURN_AFTER);
    }

    /// 250 ms to 30 s with 20 % jitter, and back to the first upstream of the list after five minutes.
    public static ReconnectPolicy defaults() {
        return new ReconnectPolicy(Duration.ofMillis(250), Duration.ofSeconds(30), 0.2);
    }
}
