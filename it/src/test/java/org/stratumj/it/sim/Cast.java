package org.stratumj.it.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.stratumj.app.miner.ChannelKind;
import org.stratumj.app.miner.Crew;
import org.stratumj.app.miner.EngineOption;
import org.stratumj.app.miner.Hasher;
import org.stratumj.app.miner.MinerConfig;
import org.stratumj.app.miner.MinerRole;
import org.stratumj.app.miner.VersionMask;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.app.pool.PoolConfig;
import org.stratumj.app.pool.PoolRole;
import org.stratumj.app.proxy.ProxyConfig;
import org.stratumj.app.proxy.ProxyRole;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.template.TemplateProviderConfig;
import org.stratumj.app.template.TemplateProviderRole;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.SimProcess;
import org.stratumj.miner.Solution;
import org.stratumj.node.WatchPolicy;
import org.stratumj.protocol.wire.Str0255;

/// Who there is in a world, each on a machine of its own.
///
/// ```text
/// miners ──▶ proxies ──▶ pools ──▶ template provider ──▶ node
///      └─────────────────▲
/// ```
/// Each client has a list of servers to turn to.
final class Cast {
    private static final int PROVIDER_PORT = 8442;
    private static final int POOL_PORT = 3333;
    private static final int PROXY_PORT = 3400;
    private static final int POOLS = 2;
    private static final int PROXIES_MIN = 2;
    private static final int PROXIES_MAX = 3;
    private static final int MINERS_MIN = 20;
    private static final int MINERS_MAX = 36;
    private static final int CHANNELS_MAX = 3;

    private static final double SHARES_PER_MINUTE = 6;

    /// From the easiest share to one that is a block every few dozen times.
    private static final double RATE_MIN = 0.5;

    private static final double RATE_MAX = 40;

    /// The node is asked for fees less often than in life, which costs more than all else.
    private static final WatchPolicy WATCH = new WatchPolicy(Duration.ofSeconds(30), 1000);

    private final World world;
    private final SplittableRandom random;
    private final Site provider;
    private final List<Site> pools;
    private final List<Site> proxies;
    private final List<Site> miners;
    private final Map<String, Site> byAddress = new HashMap<>();

    Cast(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
        provider = site("provider", "10.0.2.1", 1, false, this::provider);
        pools = IntStream.range(0, POOLS).mapToObj(this::pool).toList();
        proxies = IntStream.range(0, between(PROXIES_MIN, PROXIES_MAX))
                .mapToObj(this::proxy)
                .toList();
        miners = IntStream.range(0, between(MINERS_MIN, MINERS_MAX))
                .mapToObj(this::miner)
                .toList();
    }

    /// All machines, servers before their clients.
    List<Site> all() {
        List<Site> all = new ArrayList<>(List.of(provider));
        all.addAll(pools);
        all.addAll(clients());
        return all;
    }

    /// Those that submit shares.
    List<Site> clients() {
        List<Site> clients = new ArrayList<>(proxies);
        clients.addAll(miners);
        return clients;
    }

    boolean isPool(Site site) {
        return pools.contains(site);
    }

    boolean needsNode(Site site) {
        return site.equals(provider);
    }

    String nameOf(String address) {
        return String.valueOf(byAddress.get(address));
    }

    @Override
    public String toString() {
        return pools.size() + " pools, " + proxies.size() + " proxies, " + miners.size() + " miners";
    }

    private Site site(String name, String address, int lanes, boolean altering, Site.Program program) {
        Site site = new Site(name, address, lanes, world, altering, program);
        byAddress.put(address, site);
        return site;
    }

    private Site.Running provider(Site site, Network network, SimProcess process) {
        SimNode.Client client = world.node().client(process.newLane());
        TemplateProviderRole role = new TemplateProviderRole(
                new TemplateProviderConfig(
                        listen(PROVIDER_PORT), new ServerSecurity.Plain(), ConnectionLimits.defaults(), WATCH, null),
                client,
                Map.of(),
                context(site, network),
                () -> new LaneExecutor(process.newLane()));
        return new Site.Running(role, role::shutdown, client::close);
    }

    private Site pool(int number) {
        PoolConfig config = new PoolConfig(
                listen(POOL_PORT + number),
                new ServerSecurity.Plain(),
                ConnectionLimits.defaults(),
                List.of(endpoint(PROVIDER_PORT)),
                Payout.to(Script.P2WSH_OP_TRUE),
                PoolTag.of("pool " + number),
                terms(),
                number,
                org.stratumj.bitcoin.Network.REGTEST,
                null);
        return site("pool" + number, "10.0.3." + (number + 1), 2, false, (site, network, _) -> {
            PoolRole role = new PoolRole(config, context(site, world.tapped(site, network)));
            return new Site.Running(role, role::shutdown, () -> world.gone(site));
        });
    }

    private Site proxy(int number) {
        ProxyConfig plain =
                ProxyConfig.of(listen(PROXY_PORT + number), new ServerSecurity.Plain(), endpoint(POOL_PORT));
        List<Endpoint> upstreams = new ArrayList<>(List.of(endpoint(POOL_PORT), endpoint(POOL_PORT + 1)));
        if (random.nextBoolean()) {
            upstreams = upstreams.reversed();
        }
        ProxyConfig config = new ProxyConfig(
                plain.listen(),
                plain.security(),
                plain.limits(),
                upstreams,
                Str0255.of("proxy " + number),
                terms(),
                plain.channelsMax(),
                plain.minExtranonceSize(),
                plain.upstreamGrace(),
                plain.workDeadline());
        return site("proxy" + number, "10.0.4." + (number + 1), 2, false, (site, network, _) -> {
            ProxyRole role = new ProxyRole(config, context(site, world.tapped(site, network)));
            return new Site.Running(role, role::shutdown, () -> world.gone(site));
        });
    }

    private Site miner(int number) {
        int channels = between(1, CHANNELS_MAX);
        double rate = RATE_MIN * Math.pow(RATE_MAX / RATE_MIN, random.nextDouble());
        MinerConfig config = new MinerConfig(
                servers(),
                Str0255.of("miner " + number),
                random.nextBoolean() ? ChannelKind.STANDARD : ChannelKind.EXTENDED,
                channels,
                channels,
                Double.POSITIVE_INFINITY,
                EngineOption.AUTO,
                random.nextInt(4) == 0 ? VersionMask.NONE : VersionMask.BIP323,
                MinerConfig.DEFAULT_SHARES_PER_SECOND_MAX,
                MinerConfig.DEFAULT_WORK_DEADLINE);
        return site("miner" + number, "10.0.5." + (number + 1), 1, true, (site, network, process) -> {
            Crew.Muster muster = (_, solutions) -> crew(site, process, config.channels(), rate, solutions);
            MinerRole role = new MinerRole(config, context(site, network), muster);
            return new Site.Running(role, role::shutdown, () -> {});
        });
    }

    private CompletionStage<Crew> crew(
            Site site, SimProcess process, int channels, double rate, Consumer<Solution> solutions) {
        Consumer<Solution> noted = solution -> {
            if (Target.fromCompact(solution.work().nBits()).isMetBy(solution.hash())) {
                world.solved(site, solution);
            }
            solutions.accept(solution);
        };
        List<Hasher> hashers = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            hashers.add(new SimHasher(process.newLane(), random.split(), rate, noted));
        }
        return CompletableFuture.completedFuture(new SimCrew(hashers));
    }

    /// Two or three servers of all, in any order; a pool at the end, which needs no other to be there.
    private List<Endpoint> servers() {
        List<Endpoint> servers = new ArrayList<>();
        if (random.nextInt(5) > 0) {
            int first = random.nextInt(proxies.size());
            servers.add(endpoint(PROXY_PORT + first));
            if (random.nextBoolean()) {
                servers.add(endpoint(PROXY_PORT + (first + 1) % proxies.size()));
            }
        }
        servers.add(endpoint(POOL_PORT + random.nextInt(POOLS)));
        return servers;
    }

    private RoleContext context(Site site, Network network) {
        return new RoleContext(network, event -> world.onEvent(site, event), network.clock());
    }

    private static MiningTerms terms() {
        ServerPolicy policy = MiningTerms.DEFAULT.policy();
        TargetPolicy targets = policy.targets();
        return MiningTerms.DEFAULT.withPolicy(policy.withTargets(new TargetPolicy(
                SHARES_PER_MINUTE, Target.MAX, targets.hardest(), targets.hashesPerSecondMax(), targets.deferral())));
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private static Endpoint endpoint(int port) {
        return new Endpoint("127.0.0.1", port, new ClientSecurity.Plain());
    }

    private static InetSocketAddress listen(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
