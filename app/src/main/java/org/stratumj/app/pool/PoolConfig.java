package org.stratumj.app.pool;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.bitcoin.Network;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;

/// What a pool needs to know.
///
/// @param listen            where miners connect; port 0 lets the system choose
/// @param security          Noise unless the network is trusted
/// @param limits            bounds of the connections
/// @param templateProviders where templates come from, in the order of preference; at least one
/// @param payout            who gets the reward of every block
/// @param tag               the pool's name in its coinbases
/// @param terms             what miners are offered
/// @param serverId          this server's part of the extranonce space, 0..255: servers of one pool with one payout
///     each need their own, or their miners do the same work
/// @param network           of the payout, which templates have to fit
/// @param blocksDirectory   where found blocks are kept, or none to keep them in memory only
public record PoolConfig(
        InetSocketAddress listen,
        ServerSecurity security,
        ConnectionLimits limits,
        List<Endpoint> templateProviders,
        Payout payout,
        PoolTag tag,
        MiningTerms terms,
        int serverId,
        Network network,
        @Nullable Path blocksDirectory) {
    /// The name in coinbases unless another is given.
    public static final String DEFAULT_TAG = "stratumj";

    /// The largest [#serverId].
    public static final int SERVER_ID_MAX = 0xff;

    /// @throws IllegalArgumentException if there is nobody to give templates or to pay, or a number is out of range
    public PoolConfig {
        templateProviders = List.copyOf(templateProviders);
        if (templateProviders.isEmpty()) {
            throw new IllegalArgumentException("a pool needs a template provider");
        }
        if (payout.parts().isEmpty()) {
            throw new IllegalArgumentException("a pool needs a payout");
        }
        if (serverId < 0 || serverId > SERVER_ID_MAX) {
            throw new IllegalArgumentException("serverId must be 0.." + SERVER_ID_MAX + ", is " + serverId);
        }
    }

    /// A pool with the default limits, tag and terms that keeps found blocks in memory only.
    public static PoolConfig of(
            InetSocketAddress listen,
            ServerSecurity security,
            Endpoint templateProvider,
            Payout payout,
            Network network) {
        return new PoolConfig(
                listen,
                security,
                ConnectionLimits.defaults(),
                List.of(templateProvider),
                payout,
                PoolTag.of(DEFAULT_TAG),
                MiningTerms.DEFAULT,
                0,
                network,
                null);
    }

    /// The same with other grants for each connection.
    public PoolConfig withPolicy(ServerPolicy policy) {
        return new PoolConfig(
                listen,
                security,
                limits,
                templateProviders,
                payout,
                tag,
                terms.withPolicy(policy),
                serverId,
                network,
                blocksDirectory);
    }

    /// The same with another directory for found blocks, or none.
    public PoolConfig withBlocksDirectory(@Nullable Path directory) {
        return new PoolConfig(
                listen, security, limits, templateProviders, payout, tag, terms, serverId, network, directory);
    }
}
