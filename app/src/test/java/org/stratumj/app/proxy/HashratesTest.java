package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.ConnectionId;

class HashratesTest {
    /// Whatever came and went: a running sum would be left with the rounding of all its steps.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("MIN-043")
    void isExactlyZeroWithNoMinerAttached(long seed) {
        Random random = new Random(seed);
        Hashrates hashrates = new Hashrates();
        for (int i = 0; i < 1000; i++) {
            hashrates.set(new ConnectionId(random.nextInt(50)), random.nextDouble() * 1e18);
        }
        assertThat(hashrates.sum()).isGreaterThan(0);

        for (int i = 0; i < 50; i++) {
            hashrates.set(new ConnectionId(i), 0);
        }
        assertThat(hashrates.sum()).isZero();
    }
}
