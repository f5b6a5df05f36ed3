package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalStreakTest {
    private static final long PATIENCE = RefusalStreak.PATIENCE.toNanos();

    private final RefusalStreak streak = new RefusalStreak(ChannelKind.EXTENDED);

    @Test
    void isOverWithEnoughRefusalsAndEnoughTime() {
        refuse(RefusalStreak.REFUSALS_MIN - 1, "stale-share");
        assertThat(streak.verdict(0, 10 * PATIENCE)).isEmpty();
        refuse(1, "stale-share");
        assertThat(streak.verdict(0, PATIENCE - 1)).isEmpty();
        assertThat(streak.verdict(0, PATIENCE))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("no share accepted for 2 min, 10 refused (10 stale-share): ")
                        .contains("use a server closer by"));
    }

    @Test
    void beginsAgainWithAnAcceptedShare() {
        refuse(100, "difficulty-too-low");
        streak.end();
        assertThat(streak.verdict(0, PATIENCE)).isEmpty();
        streak.refused("stale-share", PATIENCE);
        refuse(9, "stale-share");
        assertThat(streak.verdict(0, 2 * PATIENCE - 1)).isEmpty();
        assertThat(streak.verdict(0, 2 * PATIENCE)).isPresent();
    }

    @Test
    void waitsForAnswersThatAServerGivesInBatches() {
        refuse(20, "stale-share");
        assertThat(streak.verdict(3, PATIENCE)).isEmpty();
        assertThat(streak.verdict(2, PATIENCE)).isPresent();
    }

    @Test
    void saysWhatToTryForTheCommonestReason() {
        refuse(1, "stale-share");
        refuse(10, "difficulty-too-low");
        assertThat(streak.verdict(0, PATIENCE))
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("(10 difficulty-too-low, 1 stale-share)")
                        .contains("--channel standard"));
    }

    @Test
    void hasAHintForEveryReasonAndBoundsThem() {
        IntStream.range(0, 1000).forEach(i -> streak.refused("made-up-" + i, 0));
        assertThat(streak.verdict(0, PATIENCE))
                .hasValueSatisfying(line ->
                        assertThat(line).contains("--version-rolling-mask 0").hasSizeLessThan(400));
    }

    @Test
    void toleratesWeeksOfPatience() {
        assertThat(streak.verdict(0, Duration.ofDays(30).toNanos())).isEmpty();
    }

    private void refuse(int count, String code) {
        IntStream.range(0, count).forEach(_ -> streak.refused(code, 0));
    }
}
