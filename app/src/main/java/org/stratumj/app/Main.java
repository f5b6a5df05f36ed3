package org.stratumj.app;

import org.stratumj.app.cli.Commands;
import org.stratumj.app.decode.DecodeCommand;
import org.stratumj.app.demo.DemoCommand;
import org.stratumj.app.keygen.KeygenCommand;
import org.stratumj.app.miner.MinerCommand;
import org.stratumj.app.pool.PoolCommand;
import org.stratumj.app.proxy.ProxyCommand;
import org.stratumj.app.template.TemplateProviderCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `stratumj` command. Every role is a subcommand; the list below is where a new one is added.
@Command(
        name = "stratumj",
        description = "Stratum V2 bitcoin mining: every role from the chip to the node.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            PoolCommand.class,
            ProxyCommand.class,
            TemplateProviderCommand.class,
            MinerCommand.class,
            KeygenCommand.class,
            DecodeCommand.class
        },
        footer = {
            "",
            "Example: watch all roles mine on a chain of their own",
            "  stratumj demo",
            "",
            "'stratumj COMMAND --help' explains a command."
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run()
    private CommandSpec spec;

    public static void main(String[] args) {
        UncaughtFailures.install();
        System.exit(new Commands(commandLine()).run(args));
    }

    /// The whole command line, not yet run.
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setUsageHelpWidth(100);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command to run");
    }
}
