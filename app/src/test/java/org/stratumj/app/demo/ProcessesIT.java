package org.stratumj.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.ChildProcess;
import org.stratumj.app.Eventually;
import org.stratumj.app.Main;
import org.stratumj.node.embedded.EmbeddedNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each role in a process of its own; any of them may be killed.
class ProcessesIT {
    private static final List<String> ROLES = List.of("template-provider", "pool", "proxy", "miner");
    private static final Pattern STARTED = Pattern.compile("(?m) ([a-z-]+): process (\\d+)$");

    @TempDir
    private Path directory;

    /// Kills each role once and waits each time until the pool and the proxy have new shares; then ends it all.
    @Test
    void minesOnWhicheverRoleIsKilled() throws IOException, InterruptedException {
        Path chain = directory.resolve("chain");
        try (ChildProcess demo = demo("--node", "embedded:signet?file=" + chain)) {
            demo.awaitError("block accepted");
            for (String role : ROLES) {
                long killed = pid(demo, role).orElseThrow();
                ProcessHandle.of(killed).orElseThrow().destroyForcibly();
                demo.awaitError(role + ": process " + killed + " ended with 137, started again in ");
                demo.awaitError(role + ": mining goes on, ");
                assertThat(pid(demo, role)).isNotEqualTo(Optional.of(killed));
            }
            List<Long> processes = processes(demo);
            assertThat(processes).hasSize(2 * ROLES.size());
            demo.signal("TERM");
            assertThat(demo.exitCode()).isEqualTo(143);
            // A block that is found while the pool is down has nowhere to go; the proxy says so.
            assertThat(demo.errors().lines().filter(line -> !line.contains("block REJECTED: the upstream is gone")))
                    .noneMatch(line -> Stream.of(" ERROR ", "does not stop", "not everything stopped", "Exception")
                            .anyMatch(line::contains));
            assertThat(processes).noneMatch(ProcessesIT::isAlive);
            JsonNode summary = JsonMapper.shared().readTree(demo.lines().getLast());
            assertThat(summary.get("stopped_by").asString()).isEqualTo("signal");
            assertThat(summary.get("shares_accepted").asInt()).isGreaterThan(ROLES.size());
            int kept = summary.get("height").asInt() - EmbeddedNode.PREFIX_BLOCKS;
            assertThat(kept).isPositive();
            // What a process counted in the last moments before it was killed, nobody has read.
            assertThat(summary.get("blocks").asInt()).isLessThanOrEqualTo(kept);
        }
    }

    @Test
    void endsAfterItsBlocksAndLeavesNothingBehind() throws IOException, InterruptedException {
        try (ChildProcess demo = demo("--blocks", "1", "--hashrate", "4M")) {
            List<String> out = demo.lines();
            assertThat(demo.exitCode()).as(demo.errors()).isZero();
            assertThat(out).hasSize(1);
            JsonNode summary = JsonMapper.shared().readTree(out.getFirst());
            assertThat(summary.get("stopped_by").asString()).isEqualTo("blocks");
            assertThat(summary.get("blocks").asInt()).isPositive();
            assertThat(processes(demo)).hasSize(ROLES.size()).noneMatch(ProcessesIT::isAlive);
            try (Stream<Path> left = Files.list(temporary())) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void takesItsProcessesAlongWhenItIsKilled() throws IOException, InterruptedException {
        try (ChildProcess demo = demo()) {
            demo.awaitError("miner: process ");
            List<Long> processes = processes(demo);
            assertThat(processes).hasSize(ROLES.size());
            demo.signal("KILL");
            assertThat(demo.exitCode()).isEqualTo(137);
            Eventually.holds(() -> processes.stream().noneMatch(ProcessesIT::isAlive));
        }
    }

    @Test
    void saysWhyARoleCannotStartAndStopsTheOthers() throws IOException, InterruptedException {
        Path damaged = Files.writeString(directory.resolve("chain"), "something else");
        try (ChildProcess demo = demo("--node", "embedded:signet?file=" + damaged)) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.errors().strip())
                    .isEqualTo("stratumj demo: " + damaged + " is no chain's file; name another");
        }
    }

    private ChildProcess demo(String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of("demo", "--processes", "--json"));
        all.addAll(List.of(args));
        return ChildProcess.start(
                directory, List.of("-Djava.io.tmpdir=" + temporary()), Main.class, all.toArray(String[]::new));
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(directory.resolve("tmp"));
    }

    /// The process that runs the role now.
    private static Optional<Long> pid(ChildProcess demo, String role) {
        return started(demo)
                .filter(line -> line.group(1).equals(role))
                .map(line -> Long.parseLong(line.group(2)))
                .reduce((_, last) -> last);
    }

    private static List<Long> processes(ChildProcess demo) {
        return started(demo).map(line -> Long.parseLong(line.group(2))).toList();
    }

    private static Stream<MatchResult> started(ChildProcess demo) {
        try {
            return STARTED.matcher(demo.errors()).results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
