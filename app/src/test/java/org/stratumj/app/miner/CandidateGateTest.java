package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidateGateTest {
    private final CandidateGate gate = new CandidateGate();

    @Test
    void letsInNoMoreThanItsBound() {
        fill();
        assertThat(gate.enter(() -> false)).isFalse();
        gate.leave();
        assertThat(gate.enter(() -> false)).isTrue();
        assertThat(gate.enter(() -> false)).isFalse();
    }

    @Test
    void keepsPlacesForBlocks() {
        fill();
        IntStream.range(0, CandidateGate.BLOCKS_MAX)
                .forEach(_ -> assertThat(gate.enter(() -> true)).isTrue());
        assertThat(gate.enter(() -> true)).isFalse();
    }

    @Test
    void doesNotAskForBlocksWhileThereIsRoom() {
        assertThat(gate.enter(() -> {
                    throw new AssertionError("asked");
                }))
                .isTrue();
    }

    @Test
    void countsWhatItDropped() {
        fill();
        gate.enter(() -> false);
        gate.enter(() -> false);
        assertThat(gate.takeDropped()).isEqualTo(2);
        assertThat(gate.takeDropped()).isZero();
    }

    private void fill() {
        IntStream.range(0, CandidateGate.CANDIDATES_MAX)
                .forEach(_ -> assertThat(gate.enter(() -> false)).isTrue());
    }
}
