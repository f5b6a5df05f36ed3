package org.stratumj.channels.vardiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What shares prove, and how far it bounds statements: six shares of 600 hashes a minute are 60 hashes per second.
class ProvenRateTest {
    private static final Instant START = Instant.EPOCH;

    private final ProvenRate rate = new ProvenRate(VardiffPolicy.DEFAULT, 6, START);

    @Test
    void isTheWorkOverTheTimeItTook() {
        minute();

        assertThat(rate.hashesPerSecond(START.plusSeconds(60))).isCloseTo(60, within(1e-9));
        assertThat(rate.hashesPerSecond(START.plusSeconds(120))).isCloseTo(30, within(1e-9));
    }

    @Test
    void isNoRateOfAMoment() {
        rate.add(600);

        assertThat(rate.hashesPerSecond(START)).isCloseTo(60, within(1e-9));
    }

    @Test
    void forgetsTheOlderHalf() {
        minute();

        assertThat(rate.hashesPerSecond(START.plusSeconds(301))).isCloseTo(3600 / 301.0, within(1e-9));
        assertThat(rate.hashesPerSecond(START.plus(Duration.ofDays(1)))).isLessThan(0.1);
    }

    @Test
    void bearsAClockThatGoesBack() {
        rate.add(600);

        assertThat(rate.hashesPerSecond(START.minusSeconds(3600))).isCloseTo(60, within(1e-9));
    }

    @Test
    void leavesAStatementNearWhatIsProven() {
        minute();

        assertThat(rate.bounded(16, START.plusSeconds(100))).isEqualTo(16);
        assertThat(rate.bounded(140, START.plusSeconds(100))).isEqualTo(140);
    }

    @Test
    void boundsStatementsByWhatIsProven() {
        minute();

        assertThat(rate.bounded(1e18, START.plusSeconds(120))).isCloseTo(120, within(1e-9));
        assertThat(rate.bounded(0, START.plusSeconds(120))).isCloseTo(7.5, within(1e-9));
    }

    /// A flood of shares proves a rate at once; too few shares prove nothing yet.
    @Test
    void boundsOnlyStatementsThatAreTooLowAtTheStart() {
        minute();
        Instant early = START.plus(ProvenRate.start(6)).minusMillis(1);

        assertThat(rate.isStarting(early)).isTrue();
        assertThat(rate.bounded(1e18, early)).isEqualTo(1e18);
        assertThat(rate.bounded(0, START.plusSeconds(60))).isCloseTo(15, within(1e-9));
        assertThat(rate.isStarting(early.plusMillis(1))).isFalse();
    }

    @Test
    void leavesEveryStatementWhereNothingIsProven() {
        assertThat(rate.bounded(1e18, START.plusSeconds(3600))).isEqualTo(1e18);
        assertThat(rate.bounded(0, START.plusSeconds(3600))).isZero();
    }

    @Test
    void givesTheTimeOfTenShares() {
        assertThat(ProvenRate.start(6)).isEqualTo(Duration.ofSeconds(100));
        assertThat(ProvenRate.start(1e-300)).isPositive();
    }

    private void minute() {
        for (int i = 0; i < 6; i++) {
            rate.add(600);
        }
    }
}
