package org.stratumj.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.ChildProcess;

/// How a process with roles ends, seen from outside.
class SignalIT {
    @TempDir
    private Path directory;

    @Test
    void closesRolesInOrderOnCtrlCAndEndsWith130() throws IOException, InterruptedException {
        try (ChildProcess program = start()) {
            program.awaitLine("running");
            program.signal("INT");
            assertThat(program.lines()).containsSequence("close miner", "close node", "last seen 2 roles");
            assertThat(program.exitCode()).isEqualTo(130);
            assertThat(program.errors()).isEmpty();
        }
    }

    @Test
    void closesRolesOnSigtermAndEndsWith143() throws IOException, InterruptedException {
        try (ChildProcess program = start()) {
            program.awaitLine("running");
            program.signal("TERM");
            assertThat(program.lines()).containsSequence("close miner", "close node", "last seen 2 roles");
            assertThat(program.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void endsInTimeEvenIfARoleHangs() throws IOException, InterruptedException {
        try (ChildProcess program = start("--hang")) {
            program.awaitLine("running");
            long signalled = System.nanoTime();
            program.signal("INT");
            assertThat(program.exitCode()).isEqualTo(130);
            assertThat(System.nanoTime() - signalled).isGreaterThan(4_500_000_000L);
            assertThat(program.errors()).contains("stratumj: not everything stopped within 5 s");
        }
    }

    @Test
    void interruptsAStartThatTakesLong() throws IOException, InterruptedException {
        try (ChildProcess program = start("--slow-start")) {
            program.awaitLine("start miner");
            program.signal("INT");
            assertThat(program.lines()).containsExactly("close node", "last seen 1 roles");
            assertThat(program.exitCode()).isEqualTo(130);
            assertThat(program.errors()).doesNotContain("not everything stopped");
        }
    }

    @Test
    void endsWithZeroWhenItIsDone() throws IOException, InterruptedException {
        try (ChildProcess program = start("--done")) {
            assertThat(program.lines()).containsSequence("close miner", "close node", "last seen 2 roles");
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    void endsWithOneAndTheReasonWhenARoleCannotGoOn() throws IOException, InterruptedException {
        try (ChildProcess program = start("--fail")) {
            assertThat(program.lines()).containsSequence("close miner", "close node");
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.errors().strip()).isEqualTo("signalled: the upstream is gone for good");
        }
    }

    private ChildProcess start(String... args) throws IOException {
        return ChildProcess.start(directory, SignalledProgram.class, args);
    }
}
