package org.stratumj.app.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.stratumj.app.log.LogLevel;
import org.stratumj.app.miner.MinerRole;
import org.stratumj.app.node.NodeRole;
import org.stratumj.app.node.NodeSpec;
import org.stratumj.app.pool.PoolRole;
import org.stratumj.app.process.ProcessListener;
import org.stratumj.app.process.ReportedRole;
import org.stratumj.app.process.RoleProcess;
import org.stratumj.app.process.RoleProgram;
import org.stratumj.app.proxy.ProxyRole;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.template.TemplateProviderRole;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.node.NodeBackend;

/// The demo with each role in a process of its own: the real commands with real flags, on ports that stay the same
/// when a process is started again. The chain is in the template provider's process and in a file, so that it
/// outlives that process; or it is a node elsewhere.
final class ProcessDemo {
    private static final String USER = "stratumj-demo";
    private static final String LOOPBACK = "127.0.0.1";

    private final String main;
    private final DemoConfig config;
    private final LogLevel logLevel;
    private final RunDirectory directory;
    private final RoleContext context;
    private final RoleStack roles;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final ProcessListener listener;

    /// @param main      the class with this program's main method
    /// @param directory for what the run keeps, the caller's to remove
    ProcessDemo(
            String main,
            DemoConfig config,
            LogLevel logLevel,
            RunDirectory directory,
            RoleContext context,
            RoleStack roles) {
        this.main = main;
        this.config = config;
        this.logLevel = logLevel;
        this.directory = directory;
        this.context = context;
        this.roles = roles;
        this.listener = new Recovery(context.events(), System::nanoTime).and(new BlockCounter());
    }

    /// Starts the processes, the node's side first.
    ///
    /// @return completes with what ended the demo, `blocks` or `duration`
    CompletableFuture<String> start() {
        NodeSpec spec = config.node() instanceof NodeSpec.Embedded embedded && embedded.file() == null
                ? embedded.withFile(directory.file("chain"))
                : config.node();
        Chain chain = Chain.look(spec, context);
        DemoPace pace = DemoPace.of(config.hashesPerSecond(), chain.target());
        List<Integer> ports = FreePorts.find(3, context.network().random());
        Server provider = server(TemplateProviderRole.NAME, ports.get(0));
        Server pool = server(PoolRole.NAME, ports.get(1));
        Server proxy = server(ProxyRole.NAME, ports.get(2));

        RoleProcess node = process(
                TemplateProviderRole.NAME,
                List.of(provider.flags(), List.of("--node", spec.text()), blocksFlags(TemplateProviderRole.NAME)));
        roles.start(new ReportedRole(NodeRole.NAME, node));
        roles.start(node);
        roles.start(process(
                PoolRole.NAME,
                List.of(
                        pool.flags(),
                        poolFlags(provider, chain.network()),
                        shareFlags(pace),
                        blocksFlags(PoolRole.NAME))));
        roles.start(process(
                ProxyRole.NAME,
                List.of(proxy.flags(), clientFlags(pool), shareFlags(pace), blocksFlags(ProxyRole.NAME))));
        roles.start(process(MinerRole.NAME, List.of(clientFlags(proxy), minerFlags(pace))));
        return config.duration().isZero()
                ? end
                : end.completeOnTimeout("duration", config.duration().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Blocks of a demo are of no worth after it, and none of the user's.
    private List<String> blocksFlags(String role) {
        return List.of("--blocks-dir", directory.file(role + "-blocks").toString());
    }

    private RoleProcess process(String role, List<List<String>> flags) {
        List<String> all = new ArrayList<>(List.of("--log-level", logLevel.toString()));
        flags.forEach(all::addAll);
        return new RoleProcess(new RoleProgram(main, role, all), context.events(), listener);
    }

    private static List<String> poolFlags(Server provider, Network network) {
        return List.of(
                "--template-provider",
                provider.url(),
                "--network",
                network.name().toLowerCase(Locale.ROOT),
                "--payout-script",
                Script.P2WSH_OP_TRUE.toString());
    }

    private static List<String> shareFlags(DemoPace pace) {
        return List.of(
                "--shares-per-minute",
                String.valueOf(pace.sharesPerMinute()),
                "--difficulty-min",
                String.valueOf(pace.easiest().difficulty().value()));
    }

    private static List<String> clientFlags(Server upstream) {
        return List.of("--upstream", upstream.url(), "--user", USER);
    }

    private List<String> minerFlags(DemoPace pace) {
        List<String> flags = new ArrayList<>(List.of(
                "--threads",
                String.valueOf(config.threads()),
                "--channel",
                config.channel().name().toLowerCase(Locale.ROOT)));
        if (Double.isFinite(pace.hashesPerSecondMax())) {
            flags.addAll(List.of("--hashrate", String.format(Locale.ROOT, "%.6f", pace.hashesPerSecondMax())));
        }
        return flags;
    }

    /// The node's own count of blocks ends the demo, as it does in one process.
    private final class BlockCounter implements ProcessListener {
        @Override
        public void onReport(RoleStatus status) {
            if (config.blocks() > 0
                    && status.role().equals(NodeRole.NAME)
                    && status.blocksAccepted() >= config.blocks()) {
                end.complete("blocks");
            }
        }
    }

    /// Where a role listens, and the key that it is known by.
    private record Server(int port, DemoKey key, Path keyFile) {
        String address() {
            return LOOPBACK + ":" + port;
        }

        String url() {
            return "stratum2+tcp://" + address() + "/" + key.trusted();
        }

        List<String> flags() {
            return List.of("--listen", address(), "--authority-key-file", keyFile.toString());
        }
    }

    private Server server(String role, int port) {
        DemoKey key = DemoKey.make(context.network().random());
        return new Server(port, key, directory.keyFile(role + ".key", key));
    }

    /// The chain as it is before anything starts. An embedded one is closed again for the process that is to have it.
    private record Chain(Network network, Target target) {
        static Chain look(NodeSpec spec, RoleContext context) {
            NodeRole role = NodeRole.of(spec, context, Demo::requireTestChain);
            role.start();
            try {
                NodeBackend node = role.backend();
                return new Chain(node.network(), node.template().target());
            } finally {
                role.close();
            }
        }
    }
}
