package org.stratumj.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RoleStatus;

class LivesTest {
    private final Lives lives = new Lives();

    @Test
    void showsTheFirstLifeAsItIs() {
        RoleStatus status = pool(7, Map.of("stale-share", 2L), 1);
        assertThat(lives.report(status)).isEqualTo(status);
        assertThat(lives.status("pool")).isEqualTo(status);
        assertThat(lives.status("node")).isEqualTo(RoleStatus.of("node").build());
    }

    @Test
    void goesOnCountingFromTheLastWordOfTheLifeBefore() {
        lives.report(pool(5, Map.of(), 0));
        lives.report(pool(7, Map.of("stale-share", 2L), 1));
        lives.end("gone");
        RoleStatus next = lives.report(pool(3, Map.of("stale-share", 1L, "invalid-job-id", 4L), 2));
        assertThat(next.sharesAccepted()).isEqualTo(10);
        assertThat(next.sharesRejected())
                .containsExactly(Map.entry("invalid-job-id", 4L), Map.entry("stale-share", 3L));
        assertThat(next.blocksFound()).isEqualTo(5);
        assertThat(next.blocksAccepted()).isEqualTo(3);
        lives.end("gone");
        assertThat(lives.report(pool(1, Map.of(), 0)).sharesAccepted()).isEqualTo(11);
    }

    @Test
    void saysWhyItIsAwayAndKeepsItsCountsAndItsTip() {
        lives.report(pool(7, Map.of(), 1));
        lives.end("process 12 ended with 137");
        RoleStatus away = lives.status("pool");
        assertThat(away.note()).isEqualTo("process 12 ended with 137");
        assertThat(away.connections()).isZero();
        assertThat(away.hashesPerSecond()).isEmpty();
        assertThat(away.sharesAccepted()).isEqualTo(7);
        assertThat(away.height()).hasValue(130);
        RoleStatus fresh = lives.report(RoleStatus.of("pool").build());
        assertThat(fresh.height()).hasValue(130);
        assertThat(fresh.note()).isEmpty();
    }

    @Test
    void keepsCountsOverALifeThatToldNothing() {
        lives.report(pool(7, Map.of(), 1));
        lives.end("gone");
        lives.end("gone at once");
        assertThat(lives.report(pool(1, Map.of(), 0)).sharesAccepted()).isEqualTo(8);
    }

    private static RoleStatus pool(long shares, Map<String, Long> rejected, long blocks) {
        return RoleStatus.of("pool")
                .address("127.0.0.1:20001")
                .connections(2)
                .hashesPerSecond(1e6)
                .shares(shares, rejected)
                .blocks(blocks + (blocks == 0 ? 0 : 1), blocks)
                .tip(130, "00ab")
                .build();
    }
}
