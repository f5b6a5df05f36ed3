package org.stratumj.channels.server;

import java.time.Duration;
import org.stratumj.bitcoin.Difficulty;
import org.stratumj.bitcoin.Target;

/// Which targets a server gives its channels.
///
/// @param sharesPerMinute    shares a channel should find in a minute
/// @param easiest            target no channel's is above: what one share is worth at least
/// @param hardest            target no channel's is below, unless its client asks for that
/// @param hashesPerSecondMax the highest nominal hash rate that is believed
/// @param deferral           how long a harder target waits for the next job, which is then the first under it; a job
///                           keeps the target it was sent under
public record TargetPolicy(
        double sharesPerMinute, Target easiest, Target hardest, double hashesPerSecondMax, Duration deferral) {
    /// The largest factor by which a harder target may differ and still wait: beyond, the shares that come meanwhile
    /// cost more than what a client loses that follows at once.
    public static final double DEFERRED_FACTOR_MAX = 4;

    /// Six shares a minute, from a few thousand hashes each to more than the whole network's; half a minute of
    /// deferral.
    public static final TargetPolicy DEFAULT = new TargetPolicy(
            6, new Difficulty(0.000_01).toTarget(), new Difficulty(1e16).toTarget(), 1e22, Duration.ofSeconds(30));

    /// @throws IllegalArgumentException if a number is out of range
    public TargetPolicy {
        if (!(sharesPerMinute > 0) || !(hashesPerSecondMax > 0)) {
            throw new IllegalArgumentException("shares per minute and the highest hash rate are positive");
        }
        if (hardest.compareTo(easiest) > 0 || hardest.equals(Target.ZERO)) {
            throw new IllegalArgumentException("hardest target " + hardest + " is not in 1.." + easiest);
        }
    }

    /// This policy with another hardest target; not above the easiest.
    public TargetPolicy withHardest(Target target) {
        Target bounded = target.compareTo(easiest) > 0 ? easiest : target;
        return new TargetPolicy(sharesPerMinute, easiest, bounded, hashesPerSecondMax, deferral);
    }

    /// The target at which this hash rate finds the wanted number of shares; the easiest for a rate of 0, which
    /// says that nobody mines yet.
    ///
    /// @param clientMax the easiest target the client accepts: the result is never above, be it harder than the
    ///                  hardest
    public Target of(double hashesPerSecond, Target clientMax) {
        double hashesPerShare = hashesPerSecond * 60 / sharesPerMinute;
        return bounded(hashesPerShare < 1 ? easiest : Target.ofExpectedHashes(hashesPerShare), clientMax);
    }

    /// The target nearest to `wanted` within the bounds.
    ///
    /// @param clientMax the easiest target the client accepts: the result is never above, be it harder than the
    ///                  hardest
    public Target bounded(Target wanted, Target clientMax) {
        return min(clientMax, min(easiest, max(hardest, wanted)));
    }

    private static Target min(Target a, Target b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Target max(Target a, Target b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
