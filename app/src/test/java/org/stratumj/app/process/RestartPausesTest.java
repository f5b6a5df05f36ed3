package org.stratumj.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPausesTest {
    private final RestartPauses pauses = new RestartPauses();

    @Test
    void doublesForAProcessThatEndsSoonUpToTheLongest() {
        assertThat(IntStream.range(0, 7)
                        .mapToObj(_ -> pauses.after(RestartPauses.HELD_MIN.minusNanos(1))
                                .toMillis()))
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L);
    }

    @Test
    void beginsAnewAfterAProcessThatHeld() {
        pauses.after(Duration.ZERO);
        pauses.after(Duration.ZERO);
        assertThat(pauses.after(RestartPauses.HELD_MIN)).isEqualTo(RestartPauses.FIRST);
        assertThat(pauses.after(Duration.ZERO)).isEqualTo(RestartPauses.FIRST.multipliedBy(2));
    }
}
