package org.stratumj.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A subcommand that runs one role until it is stopped. A role extends it in its own package, adds its options
/// and [picocli.CommandLine.Command] with a description and an example, and is listed in
/// [org.stratumj.app.Main].
public abstract class RoleCommand implements Callable<Integer> {
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
        PrintWriter out = spec.commandLine().getOut();
        new RoleSession(spec.qualifiedName(), common, out, true)
                .run(
                        (context, roles) -> {
                            start(context, roles);
                            return new CompletableFuture<>(); // only a signal ends it
                        },
                        _ -> {});
        return Commands.OK;
    }
}
