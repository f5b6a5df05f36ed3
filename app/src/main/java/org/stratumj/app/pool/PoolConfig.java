package org.stratumj.app.pool;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;

/// What a pool needs to know.
///
/// @param listen               where miners connect; port 0 lets the system choose
/// @param security             Noise unless the network is trusted
/// @param limits               bounds of the connections
/// @param templateProviders    where templates come from, in the order of preference; at least one
/// @param payout               who gets the reward of every block
/// @param tag                  the pool's name in its coinbases
/// @param policy               what each connection is granted. A version rolling mask of 0 fixes the version of
///     all jobs
/// @param serverId             this server's part of the extranonce space, 0..255: servers of one pool with one
///     payout each need their own, lest their miners do the same work
/// @param templateWait         how long a request for a channel waits for the first template before it is refused
/// @param firstChannelDeadline how long a connection may stay without ever opening a channel
public record PoolConfig(
        InetSocketAddress listen,
        ServerSecurity security,
        ConnectionLimits limits,
        List<Endpoint> templateProviders,
        Payout payout,
        PoolTag tag,
        ServerPolicy policy,
        int serverId,
        Duration templateWait,
        Duration firstChannelDeadline) {
    /// The name in coinbases unless another is given.
    public static final String DEFAULT_TAG = "stratumj";

    /// As long as any mining server lets its miners wait.
    public static final Duration DEFAULT_TEMPLATE_WAIT = MiningTerms.DEFAULT_OPEN_WAIT;

    /// As soon as with any mining server.
    public static final Duration DEFAULT_FIRST_CHANNEL_DEADLINE = MiningTerms.DEFAULT_FIRST_CHANNEL_DEADLINE;

    /// @throws IllegalArgumentException if there is nobody to give templates or to pay, or a number is out of
    /// range
    public PoolConfig {
        templateProviders = List.copyOf(templateProviders);
        if (templateProviders.isEmpty()) {
            throw new IllegalArgumentException("a pool needs a template provider");
        }
        if (payout.parts().isEmpty()) {
            throw new IllegalArgumentException("a pool needs a payout");
        }
        if (serverId < 0 || serverId > 0xff) {
            throw new IllegalArgumentException("serverId must be 0..255, is " + serverId);
        }
        if (!templateWait.isPositive() || !firstChannelDeadline.isPositive()) {
            throw new IllegalArgumentException("templateWait and firstChannelDeadline must be positive: " + templateWait
                    + ", " + firstChannelDeadline);
        }
    }

    /// A pool with the default limits, tag and policy.
    public static PoolConfig of(
            InetSocketAddress listen, ServerSecurity security, Endpoint templateProvider, Payout payout) {
        return new PoolConfig(
                listen,
                security,
                ConnectionLimits.defaults(),
                List.of(templateProvider),
                payout,
                PoolTag.of(DEFAULT_TAG),
                ServerPolicy.DEFAULT,
                0,
                DEFAULT_TEMPLATE_WAIT,
                DEFAULT_FIRST_CHANNEL_DEADLINE);
    }

    /// The same with other grants for each connection.
    public PoolConfig withPolicy(ServerPolicy other) {
        return new PoolConfig(
                listen,
                security,
                limits,
                templateProviders,
                payout,
                tag,
                other,
                serverId,
                templateWait,
                firstChannelDeadline);
    }

    /// What miners are offered.
    public MiningTerms terms() {
        return new MiningTerms(policy, templateWait, firstChannelDeadline);
    }

    /// Whether miners may change version bits.
    public boolean versionRolling() {
        return terms().versionRolling();
    }
}
