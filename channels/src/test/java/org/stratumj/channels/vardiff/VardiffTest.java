package org.stratumj.channels.vardiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Judging difficulties from shares, alone and against simulated miners.
class VardiffTest {
    private static final Instant START = Instant.EPOCH;
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Vardiff vardiff = new Vardiff(VardiffPolicy.DEFAULT, 6, START);

    @Test
    void leavesADifficultyThatFits() {
        share(6);

        assertThat(vardiff.factor(START.plusSeconds(60))).isEmpty();
    }

    @Test
    void leavesWhatChanceExplains() {
        share(9);

        assertThat(vardiff.factor(START.plusSeconds(60))).isEmpty();
    }

    /// Where very many shares come, chance explains next to nothing; a difficulty that fits nearly is left alone.
    @Test
    void leavesARateInTheDeadBandHoweverSureItIs() {
        for (int shares : new int[] {7_200, 5_000}) {
            Vardiff sure = new Vardiff(VardiffPolicy.DEFAULT, 6_000, START);
            for (int i = 0; i < shares; i++) {
                sure.share(1);
            }
            assertThat(sure.factor(START.plusSeconds(60)))
                    .as("%d shares", shares)
                    .isEmpty();
        }
    }

    @Test
    void makesSharesHarderByWhatTheyCameTooOften() {
        share(60);

        assertThat(vardiff.factor(START.plusSeconds(60)).orElseThrow()).isCloseTo(10, within(1e-9));
        assertThat(vardiff.factor(START.plusSeconds(61))).isEmpty();
    }

    @Test
    void makesSharesEasierWhenNoneCome() {
        assertThat(vardiff.factor(START.plusSeconds(50))).isEmpty();
        assertThat(vardiff.factor(START.plusSeconds(60)).orElseThrow()).isCloseTo(1 / 4.0, within(1e-9));
    }

    /// Five minutes without a share say that the difficulty is too high and not by how much.
    @Test
    void easesInStepsAfterALongSilence() {
        assertThat(vardiff.factor(START.plusSeconds(300)).orElseThrow()).isCloseTo(1 / 4.0, within(1e-9));
        assertThat(vardiff.factor(START.plusSeconds(350))).isEmpty();
        assertThat(vardiff.factor(START.plusSeconds(360)).orElseThrow()).isCloseTo(1 / 4.0, within(1e-9));
    }

    @Test
    void goesOnWithTheSharesOfTheWindowAtAHarderDifficulty() {
        share(60);
        vardiff.rescale(0.1);

        assertThat(vardiff.factor(START.plusSeconds(60))).isEmpty();
        assertThat(vardiff.factor(START.plusSeconds(200)).orElseThrow()).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void waitsForTheShortestWindow() {
        share(1000);

        assertThat(vardiff.factor(START.plusMillis(9_999))).isEmpty();
        assertThat(vardiff.factor(START.plusMillis(10_000))).isPresent();
    }

    @Test
    void countsSharesByWhatTheyAreWorthNow() {
        // Thirty shares of a job that is still held to a difficulty a tenth of the present one.
        for (int i = 0; i < 60; i++) {
            vardiff.share(0.1);
        }

        assertThat(vardiff.factor(START.plusSeconds(60))).isEmpty();
    }

    @Test
    void startsAnewWhenToldTo() {
        share(60);
        vardiff.restart(START.plusSeconds(30));

        assertThat(vardiff.factor(START.plusSeconds(45))).isEmpty();
    }

    @Test
    void startsAnewWhenTheClockGoesBack() {
        share(60);

        assertThat(vardiff.factor(START.minusSeconds(3600))).isEmpty();
        share(1);
        assertThat(vardiff.factor(START.minusSeconds(3590))).isEmpty();
    }

    @Test
    void refusesPoliciesThatMakeNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new VardiffPolicy(Duration.ZERO, second, 0.1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VardiffPolicy(second, Duration.ofMillis(1), 0.1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VardiffPolicy(second, second, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VardiffPolicy(second, second, Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VardiffPolicy(second, second, 0.1, 0.9))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Values of the distribution function, summed in decimals of 60 digits.
    @ParameterizedTest
    @CsvSource({
        "0, 5.3, 0.004991594",
        "3, 6, 0.151203883",
        "10, 6, 0.957379076",
        "-1, 6, 0",
        "480, 500, 0.192062",
        "560, 600, 0.052199",
        "980, 1000, 0.269814",
        "1100, 1000, 0.999132",
    })
    void knowsThePoissonDistribution(double count, double expected, double probability) {
        assertThat(Poisson.atMost(count, expected)).isCloseTo(probability, within(2e-3));
    }

    /// A hundred simulated miners per line, of exponential gaps between shares: from a difficulty a thousand
    /// times too low, over two steady hours, to half the hash rate.
    @ParameterizedTest
    @CsvSource({"6, 9", "12, 6", "30, 3"})
    void followsAMinerButNotItsLuck(double sharesPerMinute, double minutesToNoticeHalf) {
        int miners = 100;
        int needless = 0;
        List<Double> noticed = new ArrayList<>();
        for (long seed = 1; seed <= miners; seed++) {
            Simulation simulation = new Simulation(seed, sharesPerMinute);
            simulation.run(Duration.ofMinutes(5));
            assertThat(simulation.relativeDifficulty()).as("seed %d", seed).isBetween(0.5, 2.0);
            needless += simulation.run(Duration.ofHours(2));
            simulation.hashRate /= 2;
            noticed.add(simulation.runUntilChange().toSeconds() / 60.0);
        }
        Collections.sort(noticed);

        assertThat(needless / (2.0 * miners)).as("needless changes per hour").isLessThan(0.8);
        assertThat(noticed.get(miners / 2))
                .as("minutes until half of the miners are followed")
                .isLessThan(minutesToNoticeHalf);
    }

    private void share(int count) {
        for (int i = 0; i < count; i++) {
            vardiff.share(1);
        }
    }

    /// A miner whose rate is 1 where difficulty 1 gives the wanted shares.
    private static final class Simulation {
        private final Random random;
        private final double sharesPerSecond;
        private final Vardiff vardiff;
        private Instant now = START;
        private double difficulty = 0.001;
        double hashRate = 1;

        Simulation(long seed, double sharesPerMinute) {
            random = new Random(seed);
            sharesPerSecond = sharesPerMinute / 60;
            vardiff = new Vardiff(VardiffPolicy.DEFAULT, sharesPerMinute, now);
        }

        double relativeDifficulty() {
            return difficulty / hashRate;
        }

        int run(Duration time) {
            Instant end = now.plus(time);
            int changes = 0;
            while (now.isBefore(end)) {
                changes += step() ? 1 : 0;
            }
            return changes;
        }

        Duration runUntilChange() {
            Instant start = now;
            while (!step()) {
                assertThat(Duration.between(start, now)).isLessThan(Duration.ofHours(3));
            }
            return Duration.between(start, now);
        }

        private boolean step() {
            double meanGap = difficulty / (sharesPerSecond * hashRate);
            for (double at = gap(meanGap); at < LOOK.toSeconds(); at += gap(meanGap)) {
                vardiff.share(1);
            }
            now = now.plus(LOOK);
            OptionalDouble factor = vardiff.factor(now);
            difficulty *= factor.orElse(1);
            return factor.isPresent();
        }

        private double gap(double mean) {
            return -mean * Math.log(1 - random.nextDouble());
        }
    }
}
