package org.stratumj.app.demo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.stratumj.app.miner.MinerRole;
import org.stratumj.app.node.NodeRole;
import org.stratumj.app.pool.PoolConfig;
import org.stratumj.app.pool.PoolRole;
import org.stratumj.app.proxy.ProxyConfig;
import org.stratumj.app.proxy.ProxyRole;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStack;
import org.stratumj.app.template.TemplateProviderConfig;
import org.stratumj.app.template.TemplateProviderRole;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.Script;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.WatchPolicy;

/// Starts all roles in one process, from the node up to the miner, and ends when enough blocks are in the chain
/// or the time is over. Every hop is a real one: its own socket on loopback, encrypted, with a key made for
/// this run.
///
/// Blocks pay to a script that anyone can spend, so that the chain's own coins move; a demo therefore refuses
/// to mine on a chain where coins are worth something.
final class Demo {
    private final DemoConfig config;
    private final RoleStack roles;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final RoleContext context;

    private Demo(DemoConfig config, RoleContext context, RoleStack roles) {
        this.config = config;
        this.roles = roles;
        this.context = new RoleContext(
                context.network(), context.events().and(blockCounter(config, end)), context.clock(), context.metrics());
    }

    /// Starts the roles.
    ///
    /// @return completes with what ended the demo, `blocks` or `duration`
    static CompletableFuture<String> start(DemoConfig config, RoleContext context, RoleStack roles) {
        return new Demo(config, context, roles).start();
    }

    private CompletableFuture<String> start() {
        NodeRole node = roles.start(NodeRole.of(config.node(), context, Demo::requireTestChain));
        DemoKey providerKey = DemoKey.make(context.network().random());
        DemoKey poolKey = DemoKey.make(context.network().random());
        DemoKey proxyKey = DemoKey.make(context.network().random());
        DemoPace pace =
                DemoPace.of(config.hashesPerSecond(), node.backend().template().target());
        ServerPolicy policy = pace.policy();
        Role provider = roles.start(new TemplateProviderRole(templateProvider(providerKey), node.backend(), context));
        Role pool = roles.start(new PoolRole(
                pool(poolKey, endpoint(provider, providerKey), node.backend().network(), policy), context));
        Role proxy = roles.start(new ProxyRole(proxy(proxyKey, endpoint(pool, poolKey), policy), context));
        roles.start(new MinerRole(config.miner(endpoint(proxy, proxyKey), pace), context));
        return config.duration().isZero()
                ? end
                : end.completeOnTimeout("duration", config.duration().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// @throws RoleException on a chain whose coins are worth something
    static void requireTestChain(NodeBackend node) {
        if (node.network() == Network.MAINNET) {
            throw new RoleException("the demo pays its blocks to a script that anyone can spend, so it only mines on"
                    + " test chains, and this node is on mainnet; use --node embedded, or a node with -signet or"
                    + " -regtest");
        }
    }

    private static TemplateProviderConfig templateProvider(DemoKey key) {
        return new TemplateProviderConfig(
                loopback(), key.security(), ConnectionLimits.defaults(), WatchPolicy.DEFAULT, null);
    }

    private static PoolConfig pool(DemoKey key, Endpoint templateProvider, Network network, ServerPolicy policy) {
        return PoolConfig.of(loopback(), key.security(), templateProvider, Payout.to(Script.P2WSH_OP_TRUE), network)
                .withPolicy(policy);
    }

    private static ProxyConfig proxy(DemoKey key, Endpoint pool, ServerPolicy policy) {
        return ProxyConfig.of(loopback(), key.security(), pool).withPolicy(policy);
    }

    private static Endpoint endpoint(Role server, DemoKey key) {
        InetSocketAddress address = server.localAddress().orElseThrow();
        return new Endpoint(address.getAddress().getHostAddress(), address.getPort(), key.trust());
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    /// The template provider's word that a block was accepted is the node's.
    private static RoleEvents blockCounter(DemoConfig config, CompletableFuture<String> end) {
        AtomicLong blocks = new AtomicLong();
        return event -> {
            if (event instanceof RoleEvent.BlockAccepted accepted
                    && accepted.role().equals(TemplateProviderRole.NAME)
                    && blocks.incrementAndGet() == config.blocks()) {
                end.complete("blocks");
            }
        };
    }
}
