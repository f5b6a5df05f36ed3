package org.stratumj.app.mining;

import java.time.Duration;
import org.stratumj.app.cli.UsageException;
import org.stratumj.bitcoin.Difficulty;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.share.SharePolicy;
import org.stratumj.connection.ConnectionLimits;
import picocli.CommandLine.Option;

/// The options of a role that serves miners: what they are offered. A mixin.
public final class MiningOptions {
    private static final TargetPolicy TARGETS = TargetPolicy.DEFAULT;
    private static final SharePolicy SHARES = SharePolicy.DEFAULT;

    // A job, a tip and a target, and the same once more for who is still busy with the last.
    private static final int FRAMES_PER_CHANNEL = 6;

    /// Below the hardest that a channel is given by default.
    private static final double DIFFICULTY_MIN_MAX = 1e15;

    @Option(
            names = "--shares-per-minute",
            paramLabel = "COUNT",
            description = "Shares that each channel should find in a minute; its difficulty follows."
                    + " Default: ${DEFAULT-VALUE}")
    private double sharesPerMinute = TARGETS.sharesPerMinute();

    @Option(
            names = "--difficulty-min",
            paramLabel = "NUMBER",
            description = "No share is worth less than this difficulty, however slow its miner. Default: 0.00001")
    private double difficultyMin = 0.000_01;

    @Option(
            names = "--share-batch-size",
            paramLabel = "COUNT",
            description = "Shares acknowledged together at most; none waits longer than a minute."
                    + " Default: ${DEFAULT-VALUE}")
    private int shareBatchSize = SHARES.acknowledgedTogether();

    @Option(
            names = "--channels-per-connection-max",
            paramLabel = "COUNT",
            description = "Channels that one connection may have open. Default: ${DEFAULT-VALUE}")
    private int channelsPerConnectionMax = ServerPolicy.DEFAULT.channelsMax();

    @Option(
            names = "--version-rolling-mask",
            paramLabel = "HEX",
            description =
                    "Bits of the block version that miners may change: 1fffffe0 (BIP323), 1fffe000 (BIP320), 0 for"
                            + " none. Default: ${DEFAULT-VALUE}")
    private String versionRollingMask = Long.toHexString(SHARES.versionRollingMask());

    @Option(
            names = "--open-wait",
            paramLabel = "TIME",
            description = "How long a request for a channel waits while there is no work. Default: 30s")
    private Duration openWait = MiningTerms.DEFAULT_OPEN_WAIT;

    @Option(
            names = "--first-channel-deadline",
            paramLabel = "TIME",
            description = "How long a connection may stay without opening a channel. Default: 1m")
    private Duration firstChannelDeadline = ConnectionLimits.defaults().firstChannelDeadline();

    /// The terms.
    ///
    /// @throws UsageException if a number is out of range
    public MiningTerms terms() {
        if (!(sharesPerMinute > 0) || Double.isInfinite(sharesPerMinute)) {
            throw new UsageException("--shares-per-minute must be more than 0, is " + sharesPerMinute);
        } else if (!(difficultyMin > 0 && difficultyMin <= DIFFICULTY_MIN_MAX)) {
            throw new UsageException(
                    "--difficulty-min must be more than 0 and at most " + DIFFICULTY_MIN_MAX + ", is " + difficultyMin);
        } else if (shareBatchSize < 1) {
            throw new UsageException("--share-batch-size must be at least 1, is " + shareBatchSize);
        } else if (channelsPerConnectionMax < 1) {
            throw new UsageException(
                    "--channels-per-connection-max must be at least 1, is " + channelsPerConnectionMax);
        } else if (!openWait.isPositive() || !firstChannelDeadline.isPositive()) {
            throw new UsageException("--open-wait and --first-channel-deadline must be longer than nothing");
        }
        Target easiest = new Difficulty(difficultyMin).toTarget();
        TargetPolicy targets = new TargetPolicy(
                sharesPerMinute, easiest, TARGETS.hardest(), TARGETS.hashesPerSecondMax(), TARGETS.deferral());
        SharePolicy shares =
                new SharePolicy(mask(), SHARES.nTimeAheadMax(), shareBatchSize, SHARES.acknowledgementDelay());
        ServerPolicy policy =
                new ServerPolicy(channelsPerConnectionMax, targets, shares, ServerPolicy.DEFAULT.vardiff());
        return new MiningTerms(policy, openWait);
    }

    /// These bounds, but with those that follow from what miners are offered: none of them is closed because of one
    /// round of work for all its channels.
    ///
    /// @throws UsageException if a number is out of range
    public ConnectionLimits limits(ConnectionLimits limits) {
        long oneRound = (long) FRAMES_PER_CHANNEL * terms().policy().channelsMax();
        int frames = Math.clamp(oneRound, limits.outboundFramesMax(), Integer.MAX_VALUE);
        return limits.with(
                change -> change.firstChannelDeadline(firstChannelDeadline).outboundFramesMax(frames));
    }

    private long mask() {
        try {
            long mask = Long.parseUnsignedLong(versionRollingMask.replaceFirst("^0[xX]", ""), 16);
            if ((mask & ~SharePolicy.BIP323_MASK) == 0) {
                return mask;
            }
            throw new UsageException(
                    "--version-rolling-mask " + versionRollingMask + " has bits outside 1fffffe0, which are not free");
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "--version-rolling-mask must be a hexadecimal number such as 1fffe000, is '" + versionRollingMask
                            + "'",
                    e);
        }
    }
}
