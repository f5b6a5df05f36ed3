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
import org.stratumj.channels.server.TargetPolicy;
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
    /// Shares that pool and proxy ask for, on average, for each block: so many that a run of a few blocks has ten times
    /// as
    /// many shares in all but one of ten thousand runs.
    static final double SHARES_PER_BLOCK = 100;

    /// More than this a minute is of no use to look at, whatever the hash rate.
    static final double SHARES_PER_MINUTE_MAX = 6_000;

    private final DemoConfig config;
    private final RoleStack roles;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final RoleContext context;

    private Demo(DemoConfig config, RoleContext context, RoleStack roles) {
        this.config = config;
        this.roles = roles;
        this.context =
                new RoleContext(context.network(), context.events().and(blockCounter(config, end)), context.clock());
    }

    /// Starts the roles.
    ///
    /// @return completes with what ended the demo, `blocks` or `duration`
    static CompletableFuture<String> start(DemoConfig config, RoleContext context, RoleStack roles) {
        return new Demo(config, context, roles).start();
    }

    private CompletableFuture<String> start() {
        NodeRole node = roles.start(NodeRole.of(config.node(), context));
        requireTestChain(node.backend());
        DemoKey providerKey = DemoKey.make(context.network().random());
        DemoKey poolKey = DemoKey.make(context.network().random());
        DemoKey proxyKey = DemoKey.make(context.network().random());
        ServerPolicy policy = policy(sharesPerMinute(
                config.hashesPerSecond(), node.backend().template().target().expectedHashes()));
        Role provider = roles.start(new TemplateProviderRole(templateProvider(providerKey), node.backend(), context));
        Role pool = roles.start(new PoolRole(pool(poolKey, endpoint(provider, providerKey), policy), context));
        Role proxy = roles.start(new ProxyRole(proxy(proxyKey, endpoint(pool, poolKey), policy), context));
        roles.start(new MinerRole(config.miner(endpoint(proxy, proxyKey)), context));
        return config.duration().isZero()
                ? end
                : end.completeOnTimeout("duration", config.duration().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void requireTestChain(NodeBackend node) {
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

    private static PoolConfig pool(DemoKey key, Endpoint templateProvider, ServerPolicy policy) {
        return PoolConfig.of(loopback(), key.security(), templateProvider, Payout.to(Script.P2WSH_OP_TRUE))
                .withPolicy(policy);
    }

    private static ProxyConfig proxy(DemoKey key, Endpoint pool, ServerPolicy policy) {
        return ProxyConfig.of(loopback(), key.security(), pool).withPolicy(policy);
    }

    private static ServerPolicy policy(double sharesPerMinute) {
        TargetPolicy usual = ServerPolicy.DEFAULT.targets();
        return ServerPolicy.DEFAULT.withTargets(new TargetPolicy(
                sharesPerMinute, usual.easiest(), usual.hardest(), usual.hashesPerSecondMax(), usual.grace()));
    }

    /// The pace of shares that gives [#SHARES_PER_BLOCK] at this hash rate, where a block takes so many hashes.
    ///
    /// @param hashesPerSecond 0 for as fast as the machine can
    static double sharesPerMinute(double hashesPerSecond, double hashesPerBlock) {
        double blocksPerMinute =
                hashesPerSecond == 0 ? Double.POSITIVE_INFINITY : 60 * hashesPerSecond / hashesPerBlock;
        return Math.min(SHARES_PER_BLOCK * blocksPerMinute, SHARES_PER_MINUTE_MAX);
    }

    private static Endpoint endpoint(Role server, DemoKey key) {
        InetSocketAddress address = server.localAddress().orElseThrow();
        return new Endpoint(address.getAddress().getHostAddress(), address.getPort(), key.trust());
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
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
