package org.stratumj.it.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./stratumj`: when it builds, what it waits for, and what it says when it cannot build.
class LauncherTest {
    @TempDir
    private Path directory;

    private CheckoutCopy checkout;

    @BeforeEach
    void copy() throws IOException {
        checkout = new CheckoutCopy(directory);
    }

    @Test
    void buildsOnceAndRunsTheJars() throws IOException, InterruptedException {
        try (Script first = checkout.launch("pool", "--listen", "0")) {
            assertThat(first.output())
                    .contains("stratumj: first build")
                    .contains("org.stratumj.app.Main pool --listen 0");
            assertThat(first.exitCode()).isZero();
        }
        try (Script second = checkout.launch("pool")) {
            assertThat(second.output()).startsWith("ran ").doesNotContain("build:");
        }
        assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void runsTheLastBuildWhereTheCheckoutCannotBeWritten() throws IOException, InterruptedException {
        build();
        checkout.touchSource();
        checkout.makeUnwritable();
        try (Script script = checkout.launchUnprivileged("pool")) {
            assertThat(script.output())
                    .contains("cannot be written by ")
                    .contains("running the build of 20")
                    .contains("org.stratumj.app.Main pool");
            assertThat(script.exitCode()).isZero();
        } finally {
            checkout.makeWritable();
        }
        assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void saysWhyNothingCanBeBuilt() throws IOException, InterruptedException {
        checkout.makeUnwritable();
        try (Script script = checkout.launchUnprivileged("pool")) {
            assertThat(script.output())
                    .startsWith("stratumj: not built yet, and " + checkout.root() + " cannot be written by ")
                    .endsWith("; make it writable, or copy the checkout\n");
            assertThat(script.exitCode()).isEqualTo(1);
        } finally {
            checkout.makeWritable();
        }
    }

    /// The id in the file may by now be that of another program, and the file may be empty.
    @Test
    void takesOverTheLockOfABuildThatIsGone() throws IOException {
        Path lock = checkout.root().resolve("target/build.lock");
        Files.createDirectories(lock.getParent());
        Files.writeString(lock, ProcessHandle.current().pid() + "\n");
        build();
        checkout.touchSource();
        Files.writeString(lock, "");
        build();
        assertThat(checkout.mavenCalls()).hasSize(2);
    }

    @Test
    void waitsForAnotherBuildAndUsesItsJars() throws IOException, InterruptedException {
        Path hold = checkout.holdMaven();
        try (Script first = checkout.launch("pool");
                Script second = launchSecond()) {
            second.awaitLine("stratumj: waiting for another build in this checkout (process ");
            Files.writeString(hold, "\n");
            assertThat(first.output()).contains("Main pool");
            assertThat(second.output()).contains("Main miner");
            assertThat(first.exitCode() + second.exitCode()).isZero();
        }
        assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void buildsAgainAfterABuildThatWasKilled() throws IOException, InterruptedException {
        Path hold = checkout.holdMaven();
        try (Script killed = checkout.launch("pool")) {
            await(1);
            ProcessHandle.of(checkout.mavenCalls().getFirst()).orElseThrow().destroyForcibly();
            killed.kill();
        }
        Files.delete(hold);
        build();
        assertThat(checkout.mavenCalls()).hasSize(2);
    }

    @Test
    void takesMavenAlongWhenItIsTerminated() throws IOException, InterruptedException {
        checkout.holdMaven();
        try (Script script = checkout.launch("pool")) {
            await(1);
            ProcessHandle maven =
                    ProcessHandle.of(checkout.mavenCalls().getFirst()).orElseThrow();
            script.terminate();
            assertThat(script.exitCode()).isEqualTo(143);
            assertThat(maven.onExit().join().isAlive()).isFalse();
        }
    }

    @Test
    void keepsTheLastBuildWhenTheDiskIsFull() throws IOException, InterruptedException {
        build();
        checkout.touchSource();
        checkout.tool("cp", "#!/bin/sh\necho 'cp: No space left on device' >&2\nexit 1\n");
        Path stamp = checkout.root().resolve("target/stratumj/stamp");
        String last = Files.readString(stamp);
        try (Script script = checkout.launch("pool")) {
            assertThat(script.output())
                    .contains("No space left on device")
                    .contains("is the disk full?")
                    .endsWith("stratumj: the build failed\n");
            assertThat(script.exitCode()).isEqualTo(1);
        }
        assertThat(stamp).hasContent(last);
    }

    private void build() throws IOException {
        try (Script script = checkout.launch("pool")) {
            assertThat(script.output()).contains("stratumj: built in ").contains("Main pool");
        }
    }

    /// Once the first one builds.
    private Script launchSecond() throws IOException {
        await(1);
        return checkout.launch("miner");
    }

    private void await(int mavenCalls) {
        while (checkout.mavenCalls().size() < mavenCalls) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
