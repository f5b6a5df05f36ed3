package org.stratumj.app.cli;

import picocli.CommandLine.Option;

/// The options of every subcommand.
public final class BasicOptions {
    @Option(names = "--stacktrace", description = "Show errors with their stack trace.")
    boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    public boolean stacktrace() {
        return stacktrace;
    }
}
