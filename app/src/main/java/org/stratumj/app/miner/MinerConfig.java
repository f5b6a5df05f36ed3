package org.stratumj.app.miner;

import java.time.Duration;
import java.util.List;
import org.stratumj.bitcoin.Target;
import org.stratumj.connection.Endpoint;
import org.stratumj.miner.MiningRig;
import org.stratumj.protocol.wire.Str0255;

/// What a miner needs to know.
///
/// @param upstreams          pools or proxies, in the order of preference; at least one
/// @param userIdentity       whom the server credits with the shares
/// @param channel            kind of the channels
/// @param channels           how many channels to open; each has threads of its own
/// @param threads            threads that hash, at least one for each channel
/// @param hashesPerSecondMax limit of all threads together; infinite for none
/// @param engine             how to hash
/// @param versionMask        version bits to roll where a job allows it
/// @param sharesPerSecondMax shares in a second, all channels together, that the server should not go beyond: bounds
///     the target of each channel (`max_target`)
/// @param workDeadline       how long a server may take to give work before the next one is tried
public record MinerConfig(
        List<Endpoint> upstreams,
        Str0255 userIdentity,
        ChannelKind channel,
        int channels,
        int threads,
        double hashesPerSecondMax,
        EngineOption engine,
        VersionMask versionMask,
        double sharesPerSecondMax,
        Duration workDeadline) {
    /// The name unless another is given.
    public static final String DEFAULT_USER_IDENTITY = "stratumj-miner";

    /// The reference pool (`pool_sv2` 0.7.0) writes a malformed coinbase for blocks of standard channels once a group
    /// job
    /// went out; extended ones are fine everywhere.
    public static final ChannelKind DEFAULT_CHANNEL = ChannelKind.EXTENDED;

    /// Far more than any server wants, and far fewer than would keep a connection busy.
    public static final double DEFAULT_SHARES_PER_SECOND_MAX = 100;

    /// Longer than our pool lets requests for channels wait for a template.
    public static final Duration DEFAULT_WORK_DEADLINE = Duration.ofSeconds(45);

    /// @throws IllegalArgumentException if there is no upstream, or a number is out of range; with one line that says
    ///     so in words for users
    public MinerConfig {
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("a miner needs an upstream");
        }
        if (threads < 1 || threads > MiningRig.THREADS_MAX) {
            throw new IllegalArgumentException("threads must be 1.." + MiningRig.THREADS_MAX + ", is " + threads);
        }
        if (channels < 1 || channels > threads) {
            throw new IllegalArgumentException(
                    "channels must be 1..%d, as each needs a thread of its own, is %d".formatted(threads, channels));
        }
        if (!(hashesPerSecondMax > 0)) {
            throw new IllegalArgumentException("the hashrate must be more than nothing, is " + hashesPerSecondMax);
        }
        if (!(sharesPerSecondMax > 0) || Double.isInfinite(sharesPerSecondMax)) {
            throw new IllegalArgumentException(
                    "sharesPerSecondMax must be a number greater than 0, is " + sharesPerSecondMax);
        }
        if (!workDeadline.isPositive()) {
            throw new IllegalArgumentException("workDeadline must be positive, is " + workDeadline);
        }
    }

    /// A miner with one channel and [#defaultThreads].
    public static MinerConfig of(Endpoint upstream) {
        return new MinerConfig(
                List.of(upstream),
                Str0255.of(DEFAULT_USER_IDENTITY),
                DEFAULT_CHANNEL,
                1,
                defaultThreads(1),
                Double.POSITIVE_INFINITY,
                EngineOption.AUTO,
                VersionMask.BIP320,
                DEFAULT_SHARES_PER_SECOND_MAX,
                DEFAULT_WORK_DEADLINE);
    }

    /// All processors but one, which is left to everything else; at least one for each channel.
    public static int defaultThreads(int channels) {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MiningRig.THREADS_MAX);
        return Math.max(processors - 1, channels);
    }

    /// The same with channels of another kind or number.
    public MinerConfig withChannels(ChannelKind kind, int count) {
        return new MinerConfig(
                upstreams,
                userIdentity,
                kind,
                count,
                Math.max(threads, count),
                hashesPerSecondMax,
                engine,
                versionMask,
                sharesPerSecondMax,
                workDeadline);
    }

    /// The same with other threads and another limit.
    ///
    /// @param hashesPerSecondMax of all threads together; infinite for none
    public MinerConfig withHashing(int threads, double hashesPerSecondMax, EngineOption engine) {
        return new MinerConfig(
                upstreams,
                userIdentity,
                channel,
                channels,
                threads,
                hashesPerSecondMax,
                engine,
                versionMask,
                sharesPerSecondMax,
                workDeadline);
    }

    /// The easiest target for a channel with this hash rate: its part of [#sharesPerSecondMax].
    Target maxTarget(double hashesPerSecond) {
        return Target.ofExpectedHashes(Math.max(1, hashesPerSecond * channels / sharesPerSecondMax));
    }
}
