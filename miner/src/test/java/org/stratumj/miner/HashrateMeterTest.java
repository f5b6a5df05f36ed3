package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HashrateMeterTest {
    private static final long TENTH = 100_000_000;
    private final HashrateMeter meter = new HashrateMeter();
    private long now = Long.MAX_VALUE - 7 * TENTH;

    @Test
    void knowsNothingBeforeTheFirstHash() {
        assertThat(meter.hashesPerSecond(now)).isZero();
        assertThat(meter.hashesTotal()).isZero();
    }

    @Test
    void isRightFromTheFirstSecond() {
        hash(10, 1000);
        assertThat(meter.hashesPerSecond(now)).isCloseTo(10_000, within(600.0));
    }

    @Test
    void followsAChangeOfSpeed() {
        hash(1000, 1000);
        hash(1000, 5000);
        assertThat(meter.hashesPerSecond(now)).isCloseTo(50_000, within(1000.0));
        assertThat(meter.hashesTotal()).isEqualTo(6_000_000);
    }

    @Test
    void addsUpThreads() {
        for (int i = 0; i < 600; i++) {
            meter.add(1000, now, now + TENTH);
            meter.add(500, now - TENTH / 2, now + TENTH / 2);
            now += TENTH;
        }
        assertThat(meter.hashesPerSecond(now)).isCloseTo(15_000, within(300.0));
    }

    @Test
    void fadesWhenNothingIsDone() {
        hash(1000, 1000);
        assertThat(meter.hashesPerSecond(now + (long) HashrateMeter.MEMORY_NANOS))
                .isCloseTo(10_000 / Math.E, within(200.0));
        assertThat(meter.hashesPerSecond(now + 100 * (long) HashrateMeter.MEMORY_NANOS))
                .isLessThan(1e-9);
    }

    private void hash(int slices, long hashes) {
        for (int i = 0; i < slices; i++) {
            meter.add(hashes, now, now + TENTH);
            now += TENTH;
        }
    }
}
