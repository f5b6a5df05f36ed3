package org.stratumj.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.stratumj.connection.Lane;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// A program whose lane logs much more than a pipe holds, and then writes a file: for [StalledOutputIT].
@Command(name = "chatty")
public final class ChattyProgram implements Callable<Integer> {
    private static final Logger LOG = System.getLogger("org.stratumj.app.chatty");
    private static final int LINES = 20_000;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters
    private Path done;

    public static void main(String[] args) {
        System.exit(new Commands(new CommandLine(new ChattyProgram())).run(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        new RoleSession("chatty", common, out, false)
                .run(
                        (context, roles) -> {
                            Lane lane = context.network().newLane();
                            lane.execute(this::chat);
                            return new CompletableFuture<>();
                        },
                        roles -> {});
        return Commands.OK;
    }

    private void chat() {
        for (int i = 0; i < LINES; i++) {
            LOG.log(Level.INFO, "line {0} of a log that is not read", i);
        }
        try {
            Files.createFile(done);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
