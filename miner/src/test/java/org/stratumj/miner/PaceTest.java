package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;
    private static final double SECOND = 1e9;
    private static final double NANOS_PER_HASH = 100;

    private final Pace pace = new Pace();
    private long now = Long.MAX_VALUE - 1000;
    private long hashes;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3, 999, 50_000, 1_234_567, 9_000_000})
    void keepsToTheLimit(double limit) {
        double seconds = Math.max(60, 100 / limit);
        hashFor(seconds, limit);
        assertThat(hashes / seconds).isCloseTo(limit, within(limit * 0.01 + 1 / seconds));
    }

    @Test
    void keepsToTheLimitThoughRestsLastTooLong() {
        SplittableRandom random = new SplittableRandom(1);
        long began = now;
        while (now - began < 60 * SECOND) {
            rest(slice(50_000) + random.nextLong(5_000_000));
        }
        assertThat(hashes / 60.0).isCloseTo(50_000, within(500.0));
    }

    @Test
    void spreadsHashesEvenlyOverTime() {
        hashFor(1, 100_000);
        for (int i = 0; i < 50; i++) {
            long before = hashes;
            hashFor(0.1, 100_000);
            assertThat(hashes - before).isBetween(7_500L, 12_500L);
        }
    }

    @Test
    void doesNotRestWithoutALimit() {
        for (int i = 0; i < 100; i++) {
            assertThat(slice(NO_LIMIT)).isZero();
        }
    }

    @Test
    void doesNotRestWhereTheMachineIsSlowerThanTheLimit() {
        for (int i = 0; i < 1000; i++) {
            assertThat(slice(2 * SECOND / NANOS_PER_HASH)).isZero();
        }
    }

    @Test
    void slicesSettleAtTheirLength() {
        hashFor(1, NO_LIMIT);
        double nanos = pace.slice(NO_LIMIT) * NANOS_PER_HASH;
        assertThat(nanos).isCloseTo(Pace.SLICE_NANOS, within(0.1 * Pace.SLICE_NANOS));
        assertThat(pace.slice(10_000)).isEqualTo(200);
        assertThat(pace.slice(0.001)).isEqualTo(1);
    }

    @Test
    void slicesGrowAndShrinkWithinBounds() {
        for (int i = 0; i < 100; i++) {
            pace.rest(NO_LIMIT, pace.slice(NO_LIMIT), now, now);
        }
        assertThat(pace.slice(NO_LIMIT)).isEqualTo(SearchSpace.SEGMENT_NONCES);
        for (int i = 0; i < 100; i++) {
            pace.rest(NO_LIMIT, pace.slice(NO_LIMIT), now, now + (long) SECOND);
        }
        assertThat(pace.slice(NO_LIMIT)).isEqualTo(64);
    }

    @Test
    void makesUpForLittleAfterAPause() {
        hashFor(10, 50_000);
        now += (long) (3600 * SECOND);
        hashes = 0;
        hashFor(1, 50_000);
        double allowed = 50_000 * (1 + Pace.CATCH_UP_NANOS / SECOND);
        assertThat((double) hashes).isLessThanOrEqualTo(allowed * 1.02);
    }

    @Test
    void newLimitOwesNothingToTheOldOne() {
        slice(0.001);
        assertThat(slice(1_000_000)).isLessThanOrEqualTo(Pace.SLICE_NANOS);
    }

    private void hashFor(double seconds, double limit) {
        long began = now;
        while (now - began < seconds * SECOND) {
            rest(slice(limit));
        }
    }

    // Not `now += slice(…)`: that would take the time before the slice.
    private void rest(long nanos) {
        now += nanos;
    }

    /// One slice on a machine that takes [#NANOS_PER_HASH]; the rest after it.
    private long slice(double limit) {
        long slice = pace.slice(limit);
        long began = now;
        now += (long) (slice * NANOS_PER_HASH);
        hashes += slice;
        return pace.rest(limit, slice, began, now);
    }
}
