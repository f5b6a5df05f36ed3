package org.stratumj.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineLimiterTest {
    private final LineLimiter limiter = new LineLimiter(0);

    @Test
    void admitsABurstAndThenALinePerRefill() {
        assertThat(admitted(1000, "tips", "", 0)).isEqualTo(LineLimiter.BURST);
        assertThat(admitted(10, "tips", "", LineLimiter.REFILL.toNanos() - 1)).isZero();
        assertThat(admitted(10, "tips", "", 3 * LineLimiter.REFILL.toNanos())).isEqualTo(3);
        assertThat(limiter.refused()).isEqualTo(1000 - LineLimiter.BURST + 10 + 7);
    }

    @Test
    void oneKindTakesNothingFromAnother() {
        admitted(1000, "tips", "", 0);
        assertThat(admitted(1, "found blocks", "", 0)).isOne();
    }

    @Test
    void oneSourceLeavesRoomForOthersOfItsKind() {
        assertThat(admitted(1000, "connections", "10.0.0.7", 0)).isEqualTo(LineLimiter.SOURCE_BURST);
        assertThat(admitted(1, "connections", "10.0.0.8", 0)).isOne();
    }

    /// Goal: sources that never stop leave room for others, too. Method: some ask for a line each millisecond, for a
    /// minute; then another.
    @Test
    void sourcesWithoutEndLeaveRoomForOthersOfTheirKind() {
        for (long millis = 0; millis < 60_000; millis++) {
            for (int source = 0; source < 4; source++) {
                admitted(1, "connections", "10.0.0." + source, millis * 1_000_000);
            }
        }
        assertThat(admitted(1, "connections", "10.0.0.8", 60_000_000_000L)).isOne();
    }

    @Test
    void manySourcesGetNoMoreThanTheirKind() {
        int admitted = IntStream.range(0, 100_000)
                .map(i -> admitted(1, "connections", "10.0." + i / 256 + "." + i % 256, 0))
                .sum();
        assertThat(admitted).isEqualTo(LineLimiter.BURST);
        assertThat(limiter.sources()).isEqualTo(LineLimiter.SOURCES_MAX);
    }

    @Test
    void summaryHasWhatWasLeftOut() {
        admitted(LineLimiter.SOURCE_BURST + 7, "connections", "10.0.0.7", 0);
        long later = LineLimiter.SUMMARY_EVERY.toNanos();
        assertThat(limiter.summaries(later - 1)).isEmpty();
        assertThat(limiter.summaries(later))
                .containsExactly("7 more lines about connections left out, the last from 10.0.0.7");
        assertThat(limiter.summaries(2 * later)).isEmpty();
    }

    private int admitted(int lines, String kind, String source, long now) {
        return (int) IntStream.range(0, lines)
                .filter(i -> limiter.admit(kind, source, now))
                .count();
    }
}
