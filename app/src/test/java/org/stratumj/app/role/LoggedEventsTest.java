package org.stratumj.app.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.stratumj.app.log.LogLevel;
import org.stratumj.app.log.Logging;

class LoggedEventsTest {
    private static final String HASH = "00000326709f0a5787b1de3e3d3f8a2890fab5f3bc4a646078c69f747d0280c4";

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void shortensHashesOfBlocks() {
        log(new RoleEvent.BlockFound("pool", HASH));
        log(new RoleEvent.BlockAccepted("pool", HASH, 132));
        log(new RoleEvent.TipChanged("pool", 132, HASH));
        log(new RoleEvent.Note("pool", "block submitted: " + HASH));
        assertThat(lines)
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line).contains(": 00000326…7d0280c4").doesNotContain(HASH));
    }

    @Test
    void leavesTheNumbersOfARejectedShareWhole() {
        log(new RoleEvent.ShareRejected("pool", "channel 1 of #2", "difficulty-too-low", "hash " + HASH));
        assertThat(lines).hasSize(1).allSatisfy(line -> assertThat(line).contains("hash " + HASH));
    }

    private void log(RoleEvent event) {
        Logging.to(lines::add, LogLevel.INFO, false);
        new LoggedEvents().on(event);
    }
}
