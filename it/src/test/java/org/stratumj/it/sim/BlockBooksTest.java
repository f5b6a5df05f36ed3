package org.stratumj.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.node.SubmitOutcome;

/// Blocks that get lost without a word are noticed, others are not.
class BlockBooksTest {
    private static final Hash256 BLOCK = Hash256.fromDisplayHex("00".repeat(31) + "01");

    private long now;
    private final Chronicle chronicle = new Chronicle(() -> now);
    private final BlockBooks books = new BlockBooks(chronicle, () -> now);

    @Test
    void noticesABlockThatAPoolLeavesLying() {
        books.foundByPool("pool0", BLOCK);
        assertThat(sound(Duration.ofMinutes(20))).isTrue();
        assertThat(sound(Duration.ofMinutes(21))).isFalse();
    }

    @Test
    void noticesABlockThatDoesNotReachTheNodeThoughNothingGoesWrong() {
        books.solvedInCalm("miner0", BLOCK);
        assertThat(sound(Duration.ofSeconds(30))).isTrue();
        assertThat(sound(Duration.ofSeconds(31))).isFalse();
    }

    @Test
    void noticesABlockThatTheNodeRefuses() {
        books.judged(BLOCK, new SubmitOutcome.Rejected(SubmitOutcome.INCONCLUSIVE));
        assertThat(sound(Duration.ZERO)).isTrue();
        books.judged(BLOCK, new SubmitOutcome.Rejected("bad-cb-amount"));
        assertThat(sound(Duration.ZERO)).isFalse();
    }

    @Test
    void takesAnyWordForAnAnswer() {
        books.foundByPool("pool0", BLOCK);
        books.solvedInCalm("miner0", BLOCK);
        books.judged(BLOCK, new SubmitOutcome.Accepted());
        assertThat(books.accepted()).isEqualTo(1);
        assertThat(sound(Duration.ofHours(1))).isTrue();

        books.foundByPool("pool0", BLOCK);
        books.explained(BLOCK);
        books.foundByPool("pool0", BLOCK);
        books.lostWith("pool0");
        books.solvedInCalm("miner0", BLOCK);
        books.tipChanged();
        assertThat(sound(Duration.ofHours(2))).isTrue();
    }

    private boolean sound(Duration time) {
        now = time.toNanos();
        books.scan();
        return chronicle.violation().isEmpty();
    }
}
