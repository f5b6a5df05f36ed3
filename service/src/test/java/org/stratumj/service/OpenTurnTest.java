package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenTurnTest {
    private static final long MIN = 1000;

    private final OpenTurn<String> turn = new OpenTurn<>();
    private final List<Long> reports = new ArrayList<>();

    @Test
    void reportsEachLongTurnOnce() {
        begin(5);
        look(5 + MIN - 1);
        assertThat(reports).isEmpty();
        look(5 + MIN);
        look(5 + 10 * MIN);
        assertThat(reports).containsExactly(MIN);
        turn.end();
        look(20 * MIN);
        begin(20 * MIN);
        look(22 * MIN);
        assertThat(reports).containsExactly(MIN, 2 * MIN);
    }

    @Test
    void noTurnIsNotStuck() {
        look(Long.MAX_VALUE);
        begin(0);
        turn.end();
        look(10 * MIN);
        assertThat(reports).isEmpty();
    }

    private void begin(long now) {
        turn.begin("#1", now);
    }

    private void look(long now) {
        turn.report(now, MIN, (connection, nanos, stack) -> reports.add(nanos));
    }
}
