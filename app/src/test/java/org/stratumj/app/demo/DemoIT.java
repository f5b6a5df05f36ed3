package org.stratumj.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.app.ChildProcess;
import org.stratumj.app.Main;
import org.stratumj.node.embedded.EmbeddedNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole stack in a process of its own: miner, proxy, pool, template provider, node.
class DemoIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @Tag("GEN-004")
    @ValueSource(strings = {"standard", "extended"})
    void minesBlocksThroughAllRoles(String channel) throws IOException, InterruptedException {
        try (ChildProcess demo = demo("--blocks", "5", "--json", "--hashrate", "4M", "--channel", channel)) {
            List<String> out = demo.lines();
            assertThat(out).as(demo.errors()).hasSize(1);
            JsonNode summary = JsonMapper.shared().readTree(out.getFirst());
            assertThat(demo.exitCode()).isZero();
            assertThat(summary.get("stopped_by").asString()).isEqualTo("blocks");
            assertThat(summary.get("blocks").asInt()).isBetween(5, 6);
            assertThat(summary.get("height").asInt())
                    .isEqualTo(
                            EmbeddedNode.PREFIX_BLOCKS + summary.get("blocks").asInt());
            assertThat(summary.get("tip").asString()).matches("[0-9a-f]{64}");
            assertThat(summary.get("shares_accepted").asInt())
                    .isGreaterThanOrEqualTo(10 * summary.get("blocks").asInt());
        }
    }

    @Test
    void stopsInOrderOnCtrlCAndStillSaysWhatItCameTo() throws IOException, InterruptedException {
        try (ChildProcess demo = demo("--json")) {
            demo.awaitError("block accepted");
            demo.signal("INT");
            assertThat(demo.exitCode()).isEqualTo(130);
            JsonNode summary = JsonMapper.shared().readTree(demo.lines().getFirst());
            assertThat(summary.get("stopped_by").asString()).isEqualTo("signal");
            assertThat(summary.get("blocks").asInt()).isPositive();
            assertThat(demo.errors()).doesNotContain("not everything stopped", "Exception", " ERROR ");
        }
    }

    @Test
    void endsAfterItsDurationWithAReport() throws IOException, InterruptedException {
        Path report = directory.resolve("report");
        try (ChildProcess demo = demo("--duration", "3s", "--report", report.toString())) {
            assertThat(demo.lines()).anyMatch(line -> line.startsWith("stopped by duration after 0:00:0"));
            assertThat(demo.exitCode()).isZero();
            assertThat(report).content().hasLineCount(2).contains("heap MiB");
        }
    }

    private ChildProcess demo(String... args) throws IOException {
        List<String> all = new java.util.ArrayList<>(List.of("demo"));
        all.addAll(List.of(args));
        return ChildProcess.start(directory, Main.class, all.toArray(String[]::new));
    }
}
