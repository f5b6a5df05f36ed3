package org.stratumj.app.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.log.LogLevel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of every subcommand that runs roles. A mixin.
public final class CommonOptions {
    /// Keys that make no sense inside a config file.
    static final Set<String> COMMAND_LINE_ONLY = Set.of("config", "help", "version", "stacktrace", "stop-at-eof");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Read settings from a TOML file. Every long flag below is a key of that file, written without"
                    + " the dashes; flags given here win.")
    @Nullable
    Path config;

    @Option(names = "--plain", description = "Print plain lines even on a terminal, instead of a live view.")
    boolean plain;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "error, warn, info or debug. Default: ${DEFAULT-VALUE}")
    LogLevel logLevel = LogLevel.INFO;

    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT",
            description = "Show metrics for Prometheus at http://HOST:PORT/metrics, to whoever can reach it. A port"
                    + " alone is one of this machine. Default: none")
    @Nullable
    MetricsAddress metrics;

    @Mixin
    final BasicOptions basic = new BasicOptions();

    public boolean plain() {
        return plain;
    }

    public LogLevel logLevel() {
        return logLevel;
    }

    /// Where metrics are shown, if they are.
    public Optional<InetSocketAddress> metrics() {
        return Optional.ofNullable(metrics).map(MetricsAddress::socketAddress);
    }

    public boolean stacktrace() {
        return basic.stacktrace;
    }
}
