package org.stratumj.channels.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.channels.job.Payout.Part;

/// How a reward is split.
class PayoutTest {
    private static final Script A = Script.of(new byte[] {1});
    private static final Script B = Script.of(new byte[] {2, 2});
    private static final Script C = Script.of(new byte[] {3, 3, 3});

    @Test
    void givesEverythingToOne() {
        assertThat(Payout.to(A).outputs(312_500_000)).containsExactly(new TxOut(312_500_000, A));
    }

    @Test
    void splitsByWeightAndGivesTheRestToTheFirst() {
        Payout payout = new Payout(List.of(new Part(A, 1), new Part(B, 1), new Part(C, 1)));

        assertThat(payout.outputs(11)).containsExactly(new TxOut(5, A), new TxOut(3, B), new TxOut(3, C));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void spendsExactlyTheReward(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            List<Part> parts = random.ints(1 + random.nextInt(20), 1, Integer.MAX_VALUE)
                    .mapToObj(weight -> new Part(B, weight))
                    .toList();
            long value = random.nextLong(2_100_000_000_000_001L);

            List<TxOut> outputs = new Payout(parts).outputs(value);

            assertThat(outputs.stream().mapToLong(TxOut::value).sum())
                    .as("seed %d", seed)
                    .isEqualTo(value);
            assertThat(outputs).as("seed %d", seed).allMatch(output -> output.value() >= 0);
        }
    }

    @Test
    void wouldRatherFailThanLoseTheReward() {
        assertThatThrownBy(() -> Payout.NONE.outputs(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void knowsItsSizeInTheCoinbase() {
        Payout payout = new Payout(List.of(new Part(B, 1), new Part(Script.of(new byte[300]), 1)));

        assertThat(payout.serializedSize())
                .isEqualTo(payout.outputs(9).stream()
                        .mapToInt(output -> output.bytes().length)
                        .sum());
    }

    @Test
    void hasAtMostSoManyParts() {
        assertThat(new Payout(Collections.nCopies(Payout.PARTS_MAX, new Part(A, 1))).parts())
                .hasSize(Payout.PARTS_MAX);
        assertThatThrownBy(() -> new Payout(Collections.nCopies(Payout.PARTS_MAX + 1, new Part(A, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasAtMostSoManyBytes() {
        int script = Payout.BYTES_MAX - 8 - 3;
        assertThat(Payout.to(Script.of(new byte[script])).serializedSize()).isEqualTo(Payout.BYTES_MAX);
        assertThatThrownBy(() -> Payout.to(Script.of(new byte[script + 1])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasPositiveWeights() {
        assertThatThrownBy(() -> new Part(A, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
