package org.stratumj.app.pool;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.node.NodeRole;
import org.stratumj.app.node.NodeSpec;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import org.stratumj.app.template.TemplateProviderConfig;
import org.stratumj.app.template.TemplateProviderRole;
import org.stratumj.bitcoin.Network;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.node.WatchPolicy;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// A template provider of the pool's own, in the same process, for a pool that was given a node: reachable from
/// this machine only, under a key that lives as long as the process.
final class LocalProvider {
    private LocalProvider() {}

    /// Opens the node and starts the template provider on `roles`.
    ///
    /// @param nodes   templates come from the first, blocks go to all
    /// @param network where the pool is paid
    /// @param blocks  where found blocks are kept
    /// @return where the pool finds it
    /// @throws UsageException if the node is on another network
    static Endpoint start(List<NodeSpec> nodes, Network network, Path blocks, RoleContext context, RoleStack roles) {
        NodeRole chain =
                roles.start(NodeRole.of(nodes.getFirst(), context, opened -> check(opened.network(), network)));
        SecureRandom random = context.network().random();
        Secp256k1 curve = Secp256k1s.best(random);
        AuthoritySecretKey key = AuthoritySecretKey.generate(curve, random);
        TemplateProviderConfig config = new TemplateProviderConfig(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                new ServerSecurity.Noise(key, Duration.ofHours(1)),
                ConnectionLimits.defaults(),
                WatchPolicy.DEFAULT,
                blocks);
        TemplateProviderRole provider =
                TemplateProviderRole.start(config, chain, nodes.subList(1, nodes.size()), context, roles);
        InetSocketAddress address = provider.localAddress().orElseThrow();
        return new Endpoint(
                address.getAddress().getHostAddress(),
                address.getPort(),
                new ClientSecurity.Noise(key.publicKey(curve)));
    }

    private static void check(Network actual, Network wanted) {
        if (actual != wanted) {
            throw new UsageException("--network is %s, but the node is on %s; set --network %s, and a payout of it"
                    .formatted(PayoutOptions.name(wanted), PayoutOptions.name(actual), PayoutOptions.name(actual)));
        }
    }
}
