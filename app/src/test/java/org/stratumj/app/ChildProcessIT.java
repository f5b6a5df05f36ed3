package org.stratumj.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No process of a test outlives the JVM of the test.
class ChildProcessIT {
    @TempDir
    private Path directory;

    @Test
    void endsWhenTheJvmThatStartedItIsKilled() throws IOException, InterruptedException {
        try (ChildProcess parent = ChildProcess.start(directory, Parent.class, directory.toString())) {
            ProcessHandle child = ProcessHandle.of(
                            Long.parseLong(parent.awaitLine("").strip()))
                    .orElseThrow();
            parent.signal("KILL");
            assertThat(parent.exitCode()).isEqualTo(137);
            try {
                Eventually.holds(() -> !child.isAlive());
            } finally {
                child.destroyForcibly();
            }
        }
    }

    /// Starts a process as a test does, prints its id and waits.
    static final class Parent {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path directory = Files.createDirectory(Path.of(arguments[0]).resolve("child"));
            ChildProcess child = ChildProcess.start(directory, Child.class);
            System.out.println(child.awaitLine(""));
            new CountDownLatch(1).await();
        }
    }

    /// Prints its id and does not end.
    static final class Child {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(ProcessHandle.current().pid());
            new CountDownLatch(1).await();
        }
    }
}
