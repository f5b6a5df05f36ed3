package org.stratumj.channels.share;

import java.time.Duration;

/// What a server accepts as a share, and how it acknowledges them.
///
/// @param versionRollingMask    bits of the version that miners may change where a job allows it: [#BIP323_MASK]
///                              or [#BIP320_MASK]
/// @param nTimeAheadMax         how far a share's time may be ahead of the clock, or of its job's start if that is
///                              later; never more than [#CONSENSUS_AHEAD_MAX] ahead of the clock
/// @param acknowledgedTogether  shares of a channel that one `SubmitShares.Success` acknowledges at most
/// @param acknowledgementDelay  how long an acknowledgement may wait for more shares
public record SharePolicy(
        long versionRollingMask, Duration nTimeAheadMax, int acknowledgedTogether, Duration acknowledgementDelay) {
    /// Version bits 5 to 28.
    public static final long BIP323_MASK = 0x1fff_ffe0L;

    /// Version bits 13 to 28, which older devices keep to.
    public static final long BIP320_MASK = 0x1fff_e000L;

    /// How far the time of a block may be ahead of the clock by consensus.
    public static final Duration CONSENSUS_AHEAD_MAX = Duration.ofHours(2);

    /// BIP323; two hours ahead, as far as consensus goes; ten shares or a minute per acknowledgement.
    public static final SharePolicy DEFAULT =
            new SharePolicy(BIP323_MASK, CONSENSUS_AHEAD_MAX, 10, Duration.ofMinutes(1));

    /// @throws IllegalArgumentException if no share could be acknowledged
    public SharePolicy {
        if (acknowledgedTogether < 1) {
            throw new IllegalArgumentException("acknowledgement of " + acknowledgedTogether + " shares");
        }
    }

    /// This policy with another bound on times.
    public SharePolicy withNTimeAheadMax(Duration other) {
        return new SharePolicy(versionRollingMask, other, acknowledgedTogether, acknowledgementDelay);
    }
}
