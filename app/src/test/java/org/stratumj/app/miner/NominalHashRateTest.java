package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NominalHashRateTest {
    private static final long SETTLED = NominalHashRate.SETTLING.toNanos();
    private static final long BEGAN = -5;

    private final NominalHashRate nominal = new NominalHashRate(100, BEGAN);

    @Test
    void leavesADriftOfAFifthAlone() {
        assertThat(nominal.update(120, BEGAN + SETTLED)).isEmpty();
        assertThat(nominal.update(80, BEGAN + SETTLED)).isEmpty();
        assertThat(nominal.update(120.1, BEGAN + SETTLED)).hasValue(120.1);
    }

    @Test
    void tellsALowerRate() {
        assertThat(nominal.update(79.9, BEGAN + SETTLED)).hasValue(79.9);
    }

    @Test
    void measuresFromWhatWasToldLast() {
        assertThat(nominal.update(130, BEGAN + SETTLED)).hasValue(130);
        assertThat(nominal.update(110, BEGAN + 2 * SETTLED)).isEmpty();
        assertThat(nominal.update(160, BEGAN + 2 * SETTLED)).hasValue(160);
    }

    @Test
    void waitsUntilTheMeasurementHasSettled() {
        assertThat(nominal.update(1000, BEGAN + SETTLED - 1)).isEmpty();
        assertThat(nominal.update(1000, BEGAN + SETTLED)).hasValue(1000);
        assertThat(nominal.update(5000, BEGAN + 2 * SETTLED - 1)).isEmpty();
    }

    @Test
    void waitsAgainAfterARest() {
        nominal.began(BEGAN + SETTLED);
        assertThat(nominal.update(1000, BEGAN + 2 * SETTLED - 1)).isEmpty();
        assertThat(nominal.update(1000, BEGAN + 2 * SETTLED)).hasValue(1000);
    }
}
