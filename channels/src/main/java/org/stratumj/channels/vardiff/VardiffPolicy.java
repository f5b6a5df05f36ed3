package org.stratumj.channels.vardiff;

import java.time.Duration;

/// How a channel's difficulty follows the shares that come in.
///
/// @param windowMin      how long shares are watched at least before the difficulty changes
/// @param windowMax      how far back shares count; half of the window is forgotten when it is full
/// @param falseAlarm     probability that one look at an unchanged miner takes chance for a change
/// @param deadBand       factor by which the rate must at least be off
public record VardiffPolicy(Duration windowMin, Duration windowMax, double falseAlarm, double deadBand) {
    /// 10 seconds to 5 minutes, one false alarm in 5,000 looks, a factor of 1.2.
    public static final VardiffPolicy DEFAULT =
            new VardiffPolicy(Duration.ofSeconds(10), Duration.ofMinutes(5), 0.000_2, 1.2);

    /// @throws IllegalArgumentException if a number is out of range
    public VardiffPolicy {
        if (!windowMin.isPositive() || windowMax.compareTo(windowMin) < 0) {
            throw new IllegalArgumentException("window of " + windowMin + " to " + windowMax);
        }
        if (!(falseAlarm > 0 && falseAlarm < 1) || !(deadBand >= 1)) {
            throw new IllegalArgumentException("false alarm " + falseAlarm + ", dead band " + deadBand);
        }
    }
}
