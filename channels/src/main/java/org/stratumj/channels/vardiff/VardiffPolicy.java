package org.stratumj.channels.vardiff;

import java.time.Duration;

/// How a channel's difficulty follows the shares that come in.
///
/// @param windowMin      how long shares are watched at least before the difficulty changes
/// @param windowMax      how far back shares count; half of the window is forgotten when it is full
/// @param falseAlarm     probability that one look at an unchanged miner takes chance for a change
/// @param deadBand       factor by which the rate must at least be off
public record VardiffPolicy(Duration windowMin, Duration windowMax, double falseAlarm, double deadBand) {
    /// 10 seconds to 5 minutes, one false alarm in 100 looks, a factor of 1.3: at 6 shares a minute and a look
    /// every 5 seconds, a steady miner sees a change every few hours, and one that lost half of its hash rate is
    /// followed within 7 minutes in half of all cases.
    public static final VardiffPolicy DEFAULT =
            new VardiffPolicy(Duration.ofSeconds(10), Duration.ofMinutes(5), 0.01, 1.3);

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
