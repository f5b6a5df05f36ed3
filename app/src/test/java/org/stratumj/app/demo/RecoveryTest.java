package org.stratumj.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleStatus;

class RecoveryTest {
    private final List<RoleEvent> events = new ArrayList<>();
    private long seconds;
    private final Recovery recovery = new Recovery(events::add, () -> seconds * 1_000_000_000L);

    @Test
    void tellsWhenBothWitnessesHaveNewShares() {
        report("pool", 50);
        report("proxy", 48);
        seconds = 10;
        recovery.onEnded("pool");
        seconds = 12;
        recovery.onUp("pool");
        report("pool", 50);
        report("proxy", 48);
        report("pool", 51);
        assertThat(events).isEmpty();
        seconds = 13;
        report("proxy", 49);
        assertThat(events)
                .containsExactly(new RoleEvent.Note(
                        "pool", "mining goes on, 3.0 s after the process ended and 1.0 s after the role was up again"));
    }

    @Test
    void takesNoShareFromBeforeForANewOne() {
        recovery.onEnded("miner");
        report("pool", 51);
        report("proxy", 51);
        report("pool", 52);
        report("proxy", 52);
        recovery.onUp("miner");
        report("pool", 52);
        report("proxy", 52);
        report("pool", 52);
        report("proxy", 53);
        assertThat(events).isEmpty();
        report("pool", 53);
        assertThat(events).hasSize(1);
    }

    @Test
    void waitsForTheOneThatEndedLast() {
        recovery.onEnded("pool");
        recovery.onEnded("proxy");
        recovery.onUp("pool");
        rise();
        assertThat(events).isEmpty();
        recovery.onUp("proxy");
        rise();
        assertThat(events).extracting(RoleEvent::role).containsExactly("proxy");
    }

    @Test
    void saysNothingWhileAllGoesWell() {
        recovery.onUp("pool");
        rise();
        recovery.onEnded("miner");
        recovery.onUp("miner");
        rise();
        rise();
        assertThat(events).hasSize(1);
    }

    private void rise() {
        for (int shares = 0; shares < 2; shares++) {
            report("pool", shares);
            report("proxy", shares);
            report("miner", shares);
        }
    }

    private void report(String role, long shares) {
        recovery.onReport(RoleStatus.of(role).shares(shares, Map.of()).build());
    }
}
