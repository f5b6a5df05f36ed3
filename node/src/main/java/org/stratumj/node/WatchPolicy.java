package org.stratumj.node;

import java.time.Duration;

/// When fees on the same tip have risen enough for a new template.
///
/// @param feeInterval time between two looks at the fees, positive
/// @param feeDelta    satoshis by which the fees must have risen, at least 1
public record WatchPolicy(Duration feeInterval, long feeDelta) {
    /// A look every five seconds, for a rise of 1000 satoshis.
    public static final WatchPolicy DEFAULT = new WatchPolicy(Duration.ofSeconds(5), 1000);

    /// Checks both.
    public WatchPolicy {
        if (!feeInterval.isPositive()) {
            throw new IllegalArgumentException("the fee interval is positive, not " + feeInterval);
        }
        if (feeDelta < 1) {
            throw new IllegalArgumentException("the fee delta is at least 1 satoshi, not " + feeDelta);
        }
    }
}
