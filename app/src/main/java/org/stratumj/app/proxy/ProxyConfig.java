package org.stratumj.app.proxy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.protocol.wire.Str0255;

/// What a proxy needs to know.
///
/// @param listen            where miners connect; port 0 lets the system choose
/// @param security          Noise unless the network is trusted
/// @param limits            bounds of the connections
/// @param upstreams         pools or other proxies, in the order of preference; at least one
/// @param userIdentity      whom the upstream credits with the shares of all miners
/// @param terms             what miners are offered. If they may not change version bits, the upstream need not allow
///     it either
/// @param channelsMax       channels that miners may have open in all
/// @param minExtranonceSize bytes of extranonce asked for upstream: [#indexSize] of them tell channels apart, the
///     others are left to miners with extended channels
/// @param upstreamGrace     how long miners are kept on the jobs they have after the upstream is lost
/// @param workDeadline      how long an upstream may take to give work before the next one is tried
/// @param blocksDirectory   where blocks that miners find are kept, or none
public record ProxyConfig(
        InetSocketAddress listen,
        ServerSecurity security,
        ConnectionLimits limits,
        List<Endpoint> upstreams,
        Str0255 userIdentity,
        MiningTerms terms,
        int channelsMax,
        int minExtranonceSize,
        Duration upstreamGrace,
        Duration workDeadline,
        @Nullable Path blocksDirectory) {
    /// The name upstream unless another is given.
    public static final String DEFAULT_USER_IDENTITY = "stratumj-proxy";

    /// A farm on one machine.
    public static final int DEFAULT_CHANNELS_MAX = 10_000;

    /// Two bytes for ten thousand channels, and six for a miner, more than a proxy to the first Stratum version needs.
    public static final int DEFAULT_MIN_EXTRANONCE_SIZE = 8;

    /// Hashes per second that one miner may state: more than any farm has behind one channel, but not so much that one
    /// wrong figure would keep the shares of all others from going up.
    public static final double DEFAULT_HASHRATE_PER_CHANNEL_MAX = 1e18;

    /// How far a share's time may be ahead. Pools take two hours by their clock (the one here, and the
    /// reference where it has a bound), ckpool takes 7,000 s from the job's own time, and an hour leaves room
    /// for clocks that differ. What is credited here and refused there is not paid for. A miner that counts
    /// seconds from its job's time is far below.
    public static final Duration N_TIME_AHEAD_MAX = Duration.ofHours(1);

    /// Long enough for a pool to restart, short enough not to heat for nothing.
    public static final Duration DEFAULT_UPSTREAM_GRACE = Duration.ofMinutes(1);

    /// A pool that works answers at once; this one may be starting.
    public static final Duration DEFAULT_WORK_DEADLINE = Duration.ofSeconds(15);

    /// The largest [#channelsMax]: with twice as many indexes, so that some can rest, four bytes are used up.
    public static final int CHANNELS_MAX_MAX = 1 << 30;

    /// @throws IllegalArgumentException if there is no upstream, or a number is out of range
    public ProxyConfig {
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("a proxy needs an upstream");
        }
        if (channelsMax < 1 || channelsMax > CHANNELS_MAX_MAX) {
            throw new IllegalArgumentException("channelsMax must be 1.." + CHANNELS_MAX_MAX + ", is " + channelsMax);
        }
        int indexSize = indexSize(channelsMax);
        if (minExtranonceSize < indexSize || minExtranonceSize > ExtranonceSpace.FULL_SIZE_MAX) {
            throw new IllegalArgumentException("minExtranonceSize must be %d..%d for %d channels, is %d"
                    .formatted(indexSize, ExtranonceSpace.FULL_SIZE_MAX, channelsMax, minExtranonceSize));
        }
        positive("upstreamGrace", upstreamGrace);
        positive("workDeadline", workDeadline);
    }

    /// A proxy that writes no found blocks to disk.
    public ProxyConfig(
            InetSocketAddress listen,
            ServerSecurity security,
            ConnectionLimits limits,
            List<Endpoint> upstreams,
            Str0255 userIdentity,
            MiningTerms terms,
            int channelsMax,
            int minExtranonceSize,
            Duration upstreamGrace,
            Duration workDeadline) {
        this(
                listen,
                security,
                limits,
                upstreams,
                userIdentity,
                terms,
                channelsMax,
                minExtranonceSize,
                upstreamGrace,
                workDeadline,
                null);
    }

    /// A proxy with the default limits and policy.
    public static ProxyConfig of(InetSocketAddress listen, ServerSecurity security, Endpoint upstream) {
        return new ProxyConfig(
                listen,
                security,
                ConnectionLimits.defaults(),
                List.of(upstream),
                Str0255.of(DEFAULT_USER_IDENTITY),
                limited(MiningTerms.DEFAULT, DEFAULT_HASHRATE_PER_CHANNEL_MAX),
                DEFAULT_CHANNELS_MAX,
                DEFAULT_MIN_EXTRANONCE_SIZE,
                DEFAULT_UPSTREAM_GRACE,
                DEFAULT_WORK_DEADLINE);
    }

    /// These terms as a proxy offers them: its own bound on times, and on the hash rate that a miner may state.
    ///
    /// @param hashesPerSecondMax greater than 0
    static MiningTerms limited(MiningTerms terms, double hashesPerSecondMax) {
        ServerPolicy policy = terms.policy();
        TargetPolicy targets = policy.targets();
        return terms.withPolicy(policy.withShares(policy.shares().withNTimeAheadMax(N_TIME_AHEAD_MAX))
                .withTargets(new TargetPolicy(
                        targets.sharesPerMinute(),
                        targets.easiest(),
                        targets.hardest(),
                        hashesPerSecondMax,
                        targets.deferral())));
    }

    /// The same with other grants for each connection.
    public ProxyConfig withPolicy(ServerPolicy other) {
        return new ProxyConfig(
                listen,
                security,
                limits,
                upstreams,
                userIdentity,
                terms.withPolicy(other),
                channelsMax,
                minExtranonceSize,
                upstreamGrace,
                workDeadline,
                blocksDirectory);
    }

    /// Bytes of the extranonce that tell the channels of miners apart: enough for twice as many as may be open, since
    /// those of closed channels rest for a while.
    public int indexSize() {
        return indexSize(channelsMax);
    }

    private static int indexSize(int channels) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(2L * channels - 1);
        return Math.ceilDiv(bits, Byte.SIZE);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, is " + value);
        }
    }
}
