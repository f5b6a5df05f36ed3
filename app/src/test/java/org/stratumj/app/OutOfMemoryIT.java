package org.stratumj.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.process.RoleProgram;

/// Goal: a process without memory ends with a line and a code of its own, whoever catches the error, instead of serving
/// a stale tip.
class OutOfMemoryIT {
    @TempDir
    private Path directory;

    @Test
    void processEndsThoughCodeCatchesTheError() throws Exception {
        List<String> options = new ArrayList<>(RoleProgram.JVM_OPTIONS);
        options.add("-Xmx48m");
        try (ChildProcess child = ChildProcess.start(directory, options, ExhaustedProgram.class, "memory")) {
            assertThat(child.exitCode()).isEqualTo(UncaughtFailures.JVM_ERROR);
            assertThat(child.lines()).isEmpty();
            assertThat(child.errors()).hasLineCount(1).contains("java.lang.OutOfMemoryError: Java heap space");
        }
    }

    @Test
    void processEndsWhenItsLaneCannotHaveAThread() throws Exception {
        try (ChildProcess child = ChildProcess.start(directory, ExhaustedProgram.class, "threads")) {
            assertThat(child.exitCode()).isEqualTo(UncaughtFailures.JVM_ERROR);
            assertThat(child.errors()).hasLineCount(1).startsWith("stratumj: the JVM cannot go on");
        }
    }

    @Test
    void commandStartsTheJvmAsRoleProcessesAreStarted() throws Exception {
        assertThat(Files.readString(Path.of("../stratumj"))).contains(RoleProgram.JVM_OPTIONS);
    }
}
