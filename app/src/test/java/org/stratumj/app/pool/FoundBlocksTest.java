package org.stratumj.app.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.connection.ConnectionId;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;

class FoundBlocksTest {
    private static final ConnectionId FIRST = new ConnectionId(1);
    private static final ConnectionId SECOND = new ConnectionId(2);

    private static final long JOB = 7;

    private final FoundBlocks blocks = new FoundBlocks();

    @Test
    void givesEachBlockOnceToEachConnection() {
        FoundBlock block = block(1, 100);
        assertThat(blocks.add(block)).isTrue();

        assertThat(blocks.takeUnsubmitted(FIRST)).containsExactly(block);
        assertThat(blocks.takeUnsubmitted(FIRST)).isEmpty();
        assertThat(blocks.takeUnsubmitted(SECOND)).containsExactly(block);
    }

    @Test
    void givesBlocksOfAJobAgainWhenAsked() {
        blocks.add(block(1, 100));
        blocks.takeUnsubmitted(FIRST);
        blocks.submitAgain(JOB + 1);
        assertThat(blocks.takeUnsubmitted(FIRST)).isEmpty();
        blocks.submitAgain(JOB);
        assertThat(blocks.takeUnsubmitted(FIRST)).containsExactly(block(1, 100));
    }

    @Test
    void countsTheSameBlockOnce() {
        assertThat(blocks.add(block(1, 100))).isTrue();
        assertThat(blocks.add(block(1, 100))).isFalse();
        assertThat(blocks.found()).isEqualTo(1);
    }

    @Test
    void countsABlockAsAcceptedWhenItIsTheTip() {
        blocks.onTip(hash(100));
        blocks.add(block(1, 100));

        FoundBlocks.Outcome outcome = blocks.onTip(hash(1));

        assertThat(outcome.accepted()).contains(block(1, 100));
        assertThat(outcome.overtaken()).isEmpty();
        assertThat(blocks.accepted()).isEqualTo(1);
        assertThat(blocks.takeUnsubmitted(FIRST)).isEmpty();
    }

    @Test
    void tellsOnceOfABlockThatAnotherOvertook() {
        blocks.onTip(hash(100));
        blocks.add(block(1, 100));

        assertThat(blocks.onTip(hash(101)).overtaken()).containsExactly(block(1, 100));
        assertThat(blocks.onTip(hash(102)).overtaken()).isEmpty();
        assertThat(blocks.accepted()).isZero();
    }

    @Test
    void acceptsAnOvertakenBlockToWhichTheChainReturns() {
        blocks.onTip(hash(100));
        blocks.add(block(1, 100));
        blocks.onTip(hash(101));

        assertThat(blocks.onTip(hash(1)).accepted()).contains(block(1, 100));
    }

    @Test
    void givesUpABlockSixTipsLater() {
        blocks.onTip(hash(100));
        blocks.add(block(1, 100));
        IntStream.rangeClosed(1, FoundBlocks.TIPS_KEPT).forEach(i -> blocks.onTip(hash(200 + i)));
        assertThat(blocks.takeUnsubmitted(FIRST)).hasSize(1);

        blocks.onTip(hash(300));
        assertThat(blocks.takeUnsubmitted(SECOND)).isEmpty();
    }

    @Test
    void submitsBlocksOnTheTipFirstThenTheNewest() {
        blocks.add(block(1, 100));
        blocks.add(block(2, 101));
        blocks.add(block(3, 101));
        blocks.add(block(4, 99));
        blocks.onTip(hash(101));

        assertThat(blocks.takeUnsubmitted(FIRST))
                .containsExactly(block(3, 101), block(2, 101), block(4, 99), block(1, 100));
    }

    @Test
    void keepsABoundedNumberOfBlocksThoseOnTheTipLongest() {
        blocks.onTip(hash(100));
        blocks.add(block(1, 100));
        blocks.add(block(2, 99));
        IntStream.range(2, FoundBlocks.BLOCKS_MAX).forEach(i -> blocks.add(block(10 + i, 100)));
        assertThat(blocks.takeUnsubmitted(FIRST))
                .hasSize(FoundBlocks.BLOCKS_MAX)
                .contains(block(2, 99));

        blocks.add(block(3, 100));
        List<FoundBlock> kept = blocks.takeUnsubmitted(SECOND);
        assertThat(kept)
                .hasSize(FoundBlocks.BLOCKS_MAX)
                .doesNotContain(block(2, 99))
                .contains(block(1, 100));

        blocks.add(block(4, 100));
        assertThat(blocks.takeUnsubmitted(new ConnectionId(3)))
                .hasSize(FoundBlocks.BLOCKS_MAX)
                .doesNotContain(block(1, 100))
                .contains(block(4, 100));
        assertThat(blocks.found()).isEqualTo(FoundBlocks.BLOCKS_MAX + 2);
    }

    private static FoundBlock block(int number, int onTip) {
        return new FoundBlock(hash(number), hash(onTip), JOB, new SubmitSolution(number, 0, 0, 0, Bytes.EMPTY));
    }

    private static Hash256 hash(int number) {
        return Hash256.fromDisplayHex("%064x".formatted(number));
    }
}
