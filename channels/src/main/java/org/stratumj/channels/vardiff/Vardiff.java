package org.stratumj.channels.vardiff;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/// Judges from one channel's shares whether its difficulty fits its hash rate.
///
/// Shares come as a Poisson process, so a few more or fewer than expected mean nothing. The difficulty changes
/// only when the number of shares in the window would be too unlikely at the wanted rate; the more it is off, the
/// sooner that shows. The window starts anew with each change, and forgets its older half when it is full, so
/// that a miner that was steady for hours is followed as quickly as a new one. Many shares tell how many too many they
/// are; no shares tell next to nothing about how hard the difficulty may be, so it eases by [#EASING_MAX] at once at
/// most, and the next window decides on the next step.
///
/// Mutable, for one thread at a time.
public final class Vardiff {
    /// The largest factor by which one step makes shares easier.
    public static final double EASING_MAX = 4;

    private final VardiffPolicy policy;
    private final double sharesPerSecond;
    private Instant since;
    private double shares;

    /// A judge of a channel that has just opened.
    ///
    /// @param sharesPerMinute wanted
    public Vardiff(VardiffPolicy policy, double sharesPerMinute, Instant now) {
        this.policy = policy;
        sharesPerSecond = sharesPerMinute / 60;
        since = now;
    }

    /// Counts a credited share.
    ///
    /// @param weight what it was credited, as a multiple of the present difficulty: 1 unless the difficulty has
    ///               just changed
    public void share(double weight) {
        shares += weight;
    }

    /// The factor by which to make shares harder (above 1) or easier (below 1); empty if the difficulty fits.
    /// After a factor was given, the window starts anew.
    public OptionalDouble factor(Instant now) {
        Duration window = Duration.between(since, now);
        if (window.isNegative()) {
            restart(now);
        }
        if (window.compareTo(policy.windowMin()) < 0) {
            return OptionalDouble.empty();
        }
        double expected = sharesPerSecond * window.toMillis() / 1000;
        double factor = Math.max(Math.max(shares, 0.5) / expected, 1 / EASING_MAX);
        if (isOff(factor) && Poisson.isUnlikely(shares, expected, policy.falseAlarm())) {
            restart(now);
            return OptionalDouble.of(factor);
        }
        if (window.compareTo(policy.windowMax()) > 0) {
            since = since.plus(window.dividedBy(2));
            shares /= 2;
        }
        return OptionalDouble.empty();
    }

    /// Counts the shares of the window by another difficulty, which is harder.
    ///
    /// @param factor what a share is worth that was worth 1 so far
    public void rescale(double factor) {
        shares *= factor;
    }

    /// Starts the window anew: the difficulty was changed for another reason.
    public void restart(Instant now) {
        since = now;
        shares = 0;
    }

    private boolean isOff(double factor) {
        return factor >= policy.deadBand() || factor <= 1 / policy.deadBand();
    }
}
