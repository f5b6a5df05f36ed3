package org.stratumj.app.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.cli.Commands;
import org.stratumj.app.cli.CommonOptions;
import org.stratumj.app.cli.Hashrate;
import org.stratumj.app.cli.RoleSession;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.miner.ChannelKind;
import org.stratumj.app.miner.MinerConfig;
import org.stratumj.app.node.NodeSpec;
import org.stratumj.app.node.NodeSpecConverter;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `stratumj demo`.
@Command(
        name = "demo",
        description = {
            "Watch all roles at work.",
            "",
            "A CPU miner looks for shares and blocks through a proxy, a pool and a template provider, down to a node."
                    + " Each of them listens on a port of its own and has keys of its own; every hop is Stratum V2,"
                    + " encrypted. The node is a chain in this process, by the rules of a signet; with --node it is"
                    + " yours.",
            "",
            "With --processes each role is a process of its own, started again when it ends: kill any of them, and"
                    + " mining goes on.",
            "",
            "Ends after --blocks or --duration, or with Ctrl-C, which stops everything in order (exit code 130)."
        },
        footer = {
            "",
            "Example: mine five blocks and see the result as JSON",
            "  stratumj demo --blocks 5 --json",
            "",
            "Example: each role in a process of its own; the log says which",
            "  stratumj demo --processes --plain",
            "",
            "Example: mine on a node of your own, started with bitcoind -regtest -connect=0 -daemon",
            "  stratumj demo --node 'rpc:http://127.0.0.1:18443?cookie=~/.bitcoin/regtest/.cookie'",
            "",
            "The same settings in a file: docs/config/demo.toml"
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--node",
            paramLabel = "NODE",
            converter = NodeSpecConverter.class,
            description = "Mine on this chain:%n"
                    + "embedded, embedded:regtest, and ?file=PATH after it to keep the blocks%n"
                    + "'rpc:http://HOST:PORT?cookie=PATH'%n"
                    + "'rpc:http://HOST:PORT?user=NAME&password-file=PATH'%n"
                    + "Test chains only, as blocks pay to anyone. Default: embedded")
    private NodeSpec node = new NodeSpec.Embedded(NodeSpec.Profile.SIGNET, null);

    @Option(
            names = "--blocks",
            paramLabel = "COUNT",
            description = "Stop when the node has accepted this many new blocks.")
    private @Nullable Integer blocks;

    @Option(names = "--duration", paramLabel = "TIME", description = "Stop after this time: 30s, 10m, 1h.")
    private @Nullable Duration duration;

    @Option(
            names = "--hashrate",
            paramLabel = "RATE",
            description =
                    "Mine no faster than this: 250k, 1M, 10M, or 0 for as fast as it goes. Default: so that a block"
                            + " takes about five seconds")
    private @Nullable Hashrate hashrate;

    @Option(names = "--threads", paramLabel = "COUNT", description = "Threads that hash. Default: ${DEFAULT-VALUE}")
    private int threads = 1;

    @Option(
            names = "--channel",
            paramLabel = "KIND",
            description = "The miner's mining channel, standard or extended. Default: extended")
    private ChannelKind channel = MinerConfig.DEFAULT_CHANNEL;

    @Option(
            names = "--processes",
            description = "Run each role in a process of its own, and start it again when it ends.")
    private boolean processes;

    @Option(
            names = "--json",
            description = "Print one JSON object at the end, and nothing else on standard output. Progress goes to"
                    + " standard error.")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a line a minute about memory and work to this file.")
    private @Nullable Path report;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        DemoConfig config = config();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter progress = json ? spec.commandLine().getErr() : out;
        try (Run run = new Run()) {
            new RoleSession(spec.qualifiedName(), common, progress, !json)
                    .run(
                            (context, roles) -> run.start(config, context, roles),
                            roles -> print(run.summary(roles), out));
        }
        return Commands.OK;
    }

    private DemoConfig config() {
        if (blocks != null && blocks < 1) {
            throw new UsageException("--blocks must be at least 1, is " + blocks);
        } else if (duration != null && !duration.isPositive()) {
            throw new UsageException("--duration must be longer than nothing");
        } else if (threads < 1) {
            throw new UsageException("--threads must be at least 1, is " + threads);
        } else if (processes && report != null) {
            throw new UsageException(
                    "--report is about the memory of one process and --processes has several; drop one");
        }
        return new DemoConfig(
                node,
                blocks == null ? 0 : blocks,
                duration == null ? Duration.ZERO : duration,
                hashrate == null ? OptionalDouble.empty() : OptionalDouble.of(hashrate.hashesPerSecond()),
                threads,
                channel);
    }

    /// One run of the demo, from its start to its summary.
    private final class Run implements AutoCloseable {
        private final long startedAt = System.nanoTime();
        private final @Nullable RunDirectory directory = processes ? RunDirectory.create() : null;
        private CompletableFuture<String> end = new CompletableFuture<>();
        private @Nullable SoakReport soak;

        CompletableFuture<String> start(DemoConfig config, RoleContext context, RoleStack roles) {
            end = directory == null
                    ? Demo.start(config, context, roles)
                    : startProcesses(directory, config, context, roles);
            soak = report == null ? null : new SoakReport(report, roles::statuses);
            return end;
        }

        private CompletableFuture<String> startProcesses(
                RunDirectory files, DemoConfig config, RoleContext context, RoleStack roles) {
            try {
                return new ProcessDemo(main(), config, common.logLevel(), files, context, roles).start();
            } catch (RuntimeException e) {
                close(); // a signal leaves no time for that later
                throw e;
            }
        }

        /// The process may end as soon as the summary is said, so what is left behind goes before.
        DemoSummary summary(RoleStack roles) {
            close();
            if (soak != null) {
                soak.close();
            }
            Duration running = Duration.ofNanos(System.nanoTime() - startedAt);
            return DemoSummary.of(end.getNow("signal"), running, roles.statuses());
        }

        @Override
        public void close() {
            if (directory != null) {
                directory.close();
            }
        }

        private String main() {
            return spec.root().userObject().getClass().getName();
        }
    }

    private void print(DemoSummary summary, PrintWriter out) {
        if (json) {
            out.println(summary.json());
        } else {
            summary.lines().forEach(out::println);
        }
        out.flush();
    }
}
