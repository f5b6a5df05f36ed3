package org.stratumj.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Ends this process when its standard input ends, in order, as a signal does but with exit code 0. Whoever starts a
/// process and holds the other end of its input so takes it along, however he ends himself.
final class EndOfInput {
    private EndOfInput() {}

    /// Begins to watch, on a thread of its own; what is read is dropped.
    static void endsProcess() {
        Thread.ofPlatform().daemon().name("stratumj-stdin").start(() -> {
            awaitEnd(System.in);
            System.exit(Commands.OK);
        });
    }

    private static void awaitEnd(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // nothing more comes, which is what was waited for
        }
    }
}
