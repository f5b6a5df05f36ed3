package org.stratumj.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A program with two roles, for [SignalIT] to start and to signal.
@Command(name = "signalled")
public final class SignalledProgram implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--live")
    private boolean live;

    @Option(names = "--hang")
    private boolean hang;

    @Option(names = "--slow-start")
    private boolean slowStart;

    @Option(names = "--fail")
    private boolean fail;

    @Option(names = "--done")
    private boolean done;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] args) {
        System.exit(new Commands(new CommandLine(new SignalledProgram())).run(args));
    }

    @Override
    public Integer call() {
        RoleSession session = new RoleSession("signalled", common, out, live);
        session.run(
                (_, roles) -> {
                    roles.start(new Loud("node", false));
                    roles.start(new Loud("miner", hang));
                    out.println("running");
                    return ending();
                },
                roles -> out.println("last seen " + roles.statuses().size() + " roles"));
        return Commands.OK;
    }

    private CompletableFuture<?> ending() {
        if (fail) {
            return CompletableFuture.failedFuture(new RoleException("the upstream is gone for good"));
        }
        return done ? CompletableFuture.completedFuture("done") : new CompletableFuture<>();
    }

    private final class Loud implements Role {
        private final String name;
        private final boolean hangs;

        Loud(String name, boolean hangs) {
            this.name = name;
            this.hangs = hangs;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            out.println("start " + name);
            if (slowStart && name.equals("miner")) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new RoleException("interrupted while starting", e);
                }
            }
        }

        @Override
        public RoleStatus status() {
            return RoleStatus.of(name).build();
        }

        @Override
        public void close() {
            out.println("close " + name);
            if (hangs) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
