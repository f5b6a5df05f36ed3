package org.stratumj.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.app.log.LogTail;
import org.stratumj.app.role.RoleStatus;

class FrameLinesTest {
    private static final String TIP = "00000001a7" + "0".repeat(54);

    @Test
    void showsRolesTipReasonsAndLog() {
        assertThat(lines(100, 24, frame("12:00:01.000 INFO  pool: block found: 0000", "12:00:02.000 INFO  demo: x")))
                .containsExactly(
                        "stratumj demo   0:01:23   Ctrl-C stops",
                        "",
                        "role   address          peers   hashrate  shares  rejected  blocks  height",
                        "miner  127.0.0.1:40001      1  1.05 MH/s     123         3",
                        "pool   127.0.0.1:40001      2  1.00 MH/s     123         3",
                        "node   embedded signet                                           5     125",
                        "",
                        "tip  height 125  00000001…00000000",
                        "miner: rejected (1 duplicate-share, 2 stale-share)",
                        "pool: rejected (1 duplicate-share, 2 stale-share)",
                        "pool: template provider lost",
                        "",
                        "12:00:01.000 INFO  pool: block found: 0000",
                        "12:00:02.000 INFO  demo: x");
    }

    @Test
    void leavesOutColumnsThatDoNotFit() {
        List<String> narrow = lines(60, 24, frame());
        assertThat(narrow.get(2)).isEqualTo("role   address           hashrate  shares  rejected  blocks");
        assertThat(lines(40, 24, frame()).get(2)).isEqualTo("role    hashrate  shares  rejected");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 33, 47, 60, 79, 80, 200})
    void neverExceedsTheTerminal(int width) {
        for (int height : new int[] {1, 2, 8, 12, 24, 50}) {
            String wide = "界".repeat(300);
            List<String> lines = lines(width, height, frame(wide, wide, "\tat a.stack.trace\n\tat another"));
            assertThat(lines).hasSizeLessThan(Math.max(2, height));
            assertThat(lines)
                    .allSatisfy(line -> assertThat(
                                    line.codePoints().map(WCWidth::wcwidth).sum())
                            .isLessThanOrEqualTo(width));
        }
    }

    @Test
    void fillsATallTerminalWithTheLog() {
        LogTail tail = new LogTail();
        IntStream.range(0, 2000).mapToObj(i -> "line " + i).forEach(tail);
        List<String> lines = lines(100, 400, frame(tail.lines().toArray(String[]::new)));
        assertThat(lines).hasSize(399).endsWith("line 1999");
    }

    @Test
    void showsWholeUrlsWhereTheyLeaveRoomForTheLog() {
        String url = "stratum2+tcp://127.0.0.1:34255/" + "9".repeat(51);
        Frame frame = new Frame(
                "stratumj proxy",
                Duration.ZERO,
                List.of(RoleStatus.of("proxy").url(url).build()),
                List.of());
        assertThat(lines(100, 24, frame)).contains("proxy: " + url);
        assertThat(String.join("", lines(80, 24, frame))).contains("proxy: " + url);
        assertThat(String.join("", lines(80, 12, frame))).doesNotContain("stratum2");
    }

    @Test
    void makesBlocksAndTroubleStandOutInTheLog() {
        String block = "12:00:01.000 INFO  pool: block found: 00000000…12345678";
        String warning = "12:00:01.000 WARN  pool: share rejected";
        String error = "12:00:01.000 ERROR pool: block REJECTED";
        List<String> lines =
                new FrameLines(100, 24, Colours.ANSI).of(frame(block, warning, error, "12:00:01.000 INFO  pool: x"));
        assertThat(lines)
                .endsWith(
                        "\u001b[1m\u001b[32m" + block + "\u001b[0m\u001b[0m",
                        "\u001b[33m" + warning + "\u001b[0m",
                        "\u001b[31m" + error + "\u001b[0m",
                        "12:00:01.000 INFO  pool: x");
    }

    @Test
    void givesTheLogTheRoomThatIsLeftAndShowsTheNewest() {
        String[] log = IntStream.range(0, 50).mapToObj(i -> "line " + i).toArray(String[]::new);
        List<String> lines = lines(100, 24, frame(log));
        assertThat(lines).hasSize(23).endsWith("line 48", "line 49").doesNotContain("line 38");
    }

    @Test
    void coloursOnlyWhatMatters() {
        List<String> lines = new FrameLines(100, 24, Colours.ANSI).of(frame());
        assertThat(lines.get(0)).startsWith("\u001b[1m").endsWith("\u001b[0m");
        assertThat(lines.get(3)).contains("\u001b[31m       3\u001b[0m");
        assertThat(lines.get(5)).contains("\u001b[32m     5\u001b[0m").doesNotContain("\u001b[31m");
    }

    @Test
    void honoursNoColor() {
        assertThat(Colours.of(Map.of())).isEqualTo(Colours.ANSI);
        assertThat(Colours.of(Map.of("NO_COLOR", ""))).isEqualTo(Colours.ANSI);
        assertThat(Colours.of(Map.of("NO_COLOR", "1"))).isEqualTo(Colours.NONE);
        assertThat(lines(100, 24, frame())).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void showsNothingOfRolesThatHaveNothingToTell() {
        Frame empty = new Frame(
                "stratumj pool", Duration.ZERO, List.of(RoleStatus.of("pool").build()), List.of());
        assertThat(lines(100, 24, empty))
                .containsExactly(
                        "stratumj pool   0:00:00   Ctrl-C stops",
                        "",
                        "role  address  peers  hashrate  shares  rejected  blocks  height",
                        "pool",
                        "",
                        "");
    }

    static List<RoleStatus> roles() {
        Map<String, Long> rejected = Map.of("stale-share", 2L, "duplicate-share", 1L);
        return List.of(
                RoleStatus.of("miner")
                        .address("127.0.0.1:40001")
                        .connections(1)
                        .hashesPerSecond(1_050_000)
                        .shares(123, rejected)
                        .build(),
                RoleStatus.of("pool")
                        .address("127.0.0.1:40001")
                        .connections(2)
                        .hashesPerSecond(999_999)
                        .shares(123, rejected)
                        .note("template provider lost")
                        .build(),
                RoleStatus.of("node")
                        .address("embedded signet")
                        .blocks(5, 5)
                        .tip(125, TIP)
                        .build());
    }

    private static Frame frame(String... log) {
        return new Frame("stratumj demo", Duration.ofSeconds(83), roles(), List.of(log));
    }

    private static List<String> lines(int width, int height, Frame frame) {
        return new FrameLines(width, height, Colours.NONE).of(frame);
    }
}
