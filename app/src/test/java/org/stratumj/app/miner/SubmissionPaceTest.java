package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.stratumj.app.miner.SubmissionPace.OnTip;

class SubmissionPaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SubmissionPace pace = new SubmissionPace(1, 0);
    private final OnTip tip = new OnTip();

    @Test
    void letsABurstOfSharesThroughAndThenItsRate() {
        assertThat(shares(0, 1000)).isEqualTo((long) SubmissionPace.SHARES_BURST_MIN);
        assertThat(shares(3 * SECOND, 1000)).isEqualTo((long) (3 * SubmissionPace.SHARES_SLACK));
        assertThat(shares(Duration.ofDays(1).toNanos(), 1000)).isEqualTo((long) SubmissionPace.SHARES_BURST_MIN);
    }

    @Test
    void letsTheFirstBlockOfATipThroughAndThenOneAnInterval() {
        long interval = SubmissionPace.BLOCK_INTERVAL.toNanos();
        assertThat(pace.admits(false, true, tip, 0)).isTrue();
        assertThat(LongStream.range(1, 1000).filter(i -> pace.admits(false, true, tip, i)))
                .isEmpty();
        assertThat(tip.seeksBlocks(interval - 1)).isFalse();
        assertThat(tip.seeksBlocks(interval)).isTrue();
        assertThat(pace.admits(false, true, tip, interval)).isTrue();
        assertThat(pace.admits(false, true, tip, interval + 1)).isFalse();
        assertThat(pace.admits(false, true, new OnTip(), interval + 1)).isTrue();
    }

    @Test
    void letsTheFirstBlockOfATipThroughThoughSharesCameTooFast() {
        shares(0, 1000);
        assertThat(pace.admits(true, false, tip, 0)).isFalse();
        assertThat(pace.admits(true, true, tip, 0)).isTrue();
        assertThat(pace.admits(true, true, tip, 0)).isFalse();
    }

    @Test
    void countsABlockThatWentOutAsAShare() {
        assertThat(pace.admits(true, true, tip, 0)).isTrue();
        assertThat(pace.admits(false, true, tip, 1)).isFalse();
    }

    private long shares(long nanoTime, int count) {
        return LongStream.range(0, count)
                .filter(_ -> pace.admits(true, false, tip, nanoTime))
                .count();
    }
}
