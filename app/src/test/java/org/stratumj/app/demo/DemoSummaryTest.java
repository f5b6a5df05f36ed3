package org.stratumj.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RoleStatus;

class DemoSummaryTest {
    private static final List<RoleStatus> ROLES = List.of(
            RoleStatus.of("miner").shares(999, Map.of()).build(),
            RoleStatus.of("pool")
                    .shares(150, Map.of("duplicate-share", 1L))
                    .blocks(6, 6)
                    .tip(3, "old")
                    .build(),
            RoleStatus.of("proxy")
                    .shares(149, Map.of("stale-share", 2L, "upstream duplicate-share", 1L))
                    .build(),
            RoleStatus.of("node").blocks(6, 5).tip(125, "00ab").build());

    private final DemoSummary summary = DemoSummary.of("blocks", Duration.ofMillis(27_500), ROLES);

    @Test
    void takesBlocksFromTheNodeAndSharesFromThePool() {
        assertThat(summary.json())
                .isEqualTo(
                        "{\"blocks\":5,\"shares_accepted\":150,\"shares_rejected\":3,\"height\":125,\"tip\":\"00ab\","
                                + "\"seconds\":27.5,\"stopped_by\":\"blocks\","
                                + "\"reject_reasons\":{\"stale-share\":2,\"upstream duplicate-share\":1}}");
    }

    @Test
    void tellsPeopleTheSame() {
        assertThat(summary.lines())
                .containsExactly(
                        "",
                        "stopped by blocks after 0:00:27",
                        "blocks  5 accepted by the node",
                        "shares  150 accepted by the pool, 3 rejected {stale-share=2, upstream duplicate-share=1}",
                        "tip     height 125  00ab");
    }

    @Test
    void saysNothingOfRolesThatNeverStarted() {
        assertThat(DemoSummary.of("signal", Duration.ZERO, List.of()).json())
                .startsWith("{\"blocks\":0,\"shares_accepted\":0,\"shares_rejected\":0,\"height\":0,\"tip\":\"\"");
    }

    @Test
    void reportsAMinuteInOneLine() {
        SoakReport.Memory memory = new SoakReport.Memory(100 << 20, 3 << 19, 42);
        assertThat(SoakReport.line(Duration.ofMinutes(61), memory, summary))
                .isEqualTo("  1:01:00      100.0         1.5        42       150         3       5     125\n");
    }
}
