package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.channels.server.HashRates;
import org.stratumj.channels.vardiff.ProvenRate;
import org.stratumj.connection.ConnectionId;

class HashratesTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final Instant LATER = NOW.plus(ProvenRate.start(6));

    private final Hashrates hashrates = new Hashrates(6);

    /// Whatever came and went: a running sum would be left with the rounding of all its steps.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("MIN-043")
    void isExactlyZeroWithNoMinerAttached(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            hashrates.set(new ConnectionId(random.nextInt(50)), new HashRates(random.nextDouble() * 1e18, 0));
        }
        assertThat(hashrates.stated(NOW)).isGreaterThan(0);

        for (int i = 0; i < 50; i++) {
            hashrates.set(new ConnectionId(i), HashRates.NONE);
        }
        assertThat(hashrates.stated(NOW)).isZero();
    }

    @Test
    void tellsAllThatIsStatedWhileAllMinersHaveJustCome() {
        hashrates.set(new ConnectionId(1), new HashRates(0, 100));
        hashrates.set(new ConnectionId(2), new HashRates(4, 196));

        assertThat(hashrates.stated(NOW)).isEqualTo(300);
        assertThat(hashrates.stated(LATER.minusMillis(1))).isEqualTo(300);
    }

    /// A proxy has just started, and one of its first miners states the rate of the whole network.
    @Test
    void tellsOfNoMinerMuchMoreThanOfTheMedianWhileAllHaveJustCome() {
        hashrates.set(new ConnectionId(1), new HashRates(0, 1e22));
        hashrates.set(new ConnectionId(2), new HashRates(0, 100));
        assertThat(hashrates.stated(NOW)).isEqualTo(100 + 100 * ProvenRate.FACTOR);

        hashrates.set(new ConnectionId(3), new HashRates(0, 1e22));
        hashrates.set(new ConnectionId(4), new HashRates(50, 50));
        hashrates.set(new ConnectionId(5), new HashRates(150, 0));
        assertThat(hashrates.stated(NOW)).isEqualTo(50 + 150 + 150 + 2 * 150 * ProvenRate.FACTOR);
    }

    /// The only miner harms only itself, and is not believed any more once another comes.
    @Test
    void tellsAllThatTheOnlyMinerStates() {
        hashrates.set(new ConnectionId(1), new HashRates(0, 1e18));
        assertThat(hashrates.stated(NOW)).isEqualTo(1e18);
        hashrates.set(new ConnectionId(2), new HashRates(0, 100));
        assertThat(hashrates.stated(NOW)).isEqualTo(500);
    }

    /// A thousand channels of 1e18 hashes per second would make the upstream's target one that nobody meets.
    @Test
    void tellsOfUnprovenStatementsAtMostAsMuchAsOfTheOthers() {
        hashrates.set(new ConnectionId(1), new HashRates(100, 0));
        assertThat(hashrates.stated(NOW)).isEqualTo(100);
        for (int i = 2; i < 1002; i++) {
            hashrates.set(new ConnectionId(i), new HashRates(0, 1e18));
        }

        assertThat(hashrates.stated(LATER)).isEqualTo(200);
    }

    @Test
    void beginsAgainWhenAllMinersHaveLeft() {
        hashrates.set(new ConnectionId(1), new HashRates(0, 100));
        assertThat(hashrates.stated(NOW)).isEqualTo(100);
        assertThat(hashrates.stated(LATER)).isZero();
        hashrates.set(new ConnectionId(1), HashRates.NONE);
        assertThat(hashrates.stated(LATER)).isZero();
        hashrates.set(new ConnectionId(2), new HashRates(0, 70));

        assertThat(hashrates.stated(LATER)).isEqualTo(70);
    }

    @Test
    void tellsNoMoreThanAServerTakes() {
        hashrates.set(new ConnectionId(1), new HashRates(1e300, 1e300));
        hashrates.set(new ConnectionId(2), new HashRates(1e308, Double.MAX_VALUE));

        assertThat(hashrates.stated(NOW)).isEqualTo(Hashrates.HASHES_PER_SECOND_MAX);
        assertThat(hashrates.stated(LATER)).isEqualTo(Hashrates.HASHES_PER_SECOND_MAX);
    }
}
