package org.stratumj.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.stratumj.app.log.BackgroundLines;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import org.stratumj.app.view.JsonView;
import org.stratumj.app.view.StatusJson;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A subcommand that runs one role until it is stopped. A role extends it in its own package, adds its options
/// and [picocli.CommandLine.Command] with a description and an example, and is listed in
/// [org.stratumj.app.Main].
public abstract class RoleCommand implements Callable<Integer> {
    @Option(
            names = "--json",
            description = "Print the status of each role as a line of JSON twice a second, and nothing else on standard"
                    + " output. Log lines go to standard error.")
    private boolean json;

    @Option(
            names = "--stop-at-eof",
            description = "Stop in order when standard input ends, and so with the process at its other end.")
    private boolean stopAtEof;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    /// Makes the role from the options and starts it on `roles`, on top of what it needs in the same
    /// process.
    ///
    /// @throws UsageException if the options do not fit together
    protected abstract void start(RoleContext context, RoleStack roles);

    @Override
    public final Integer call() {
        if (stopAtEof) {
            EndOfInput.endsProcess();
        }
        if (json) {
            runWithJson();
        } else {
            PrintWriter out = spec.commandLine().getOut();
            new RoleSession(spec.qualifiedName(), common, out, true).run(this::startUntilSignal, _ -> {});
        }
        return Commands.OK;
    }

    private void runWithJson() {
        PrintWriter err = spec.commandLine().getErr();
        try (BackgroundLines out = new BackgroundLines(spec.commandLine().getOut())) {
            new RoleSession(spec.qualifiedName(), common, err, false)
                    .showing(roles -> new JsonView(roles, out))
                    .run(this::startUntilSignal, roles -> {
                        // What closing the roles still brought. The process may end when this returns.
                        roles.statuses().stream().map(StatusJson::write).forEach(out);
                        out.finish();
                    });
        }
    }

    private CompletableFuture<?> startUntilSignal(RoleContext context, RoleStack roles) {
        start(context, roles);
        return new CompletableFuture<>();
    }
}
