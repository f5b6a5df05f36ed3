package org.stratumj.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that a client does raises what its work is worth; `./check sim` tries more seeds.
class CreditAdversaryTest {
    private static final long HASHES = 600_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void isCreditedNoMoreThanItsWork(long seed) {
        assertThat(new CreditAdversary(seed).run(HASHES).paid())
                .as("seed %d", seed)
                .isEmpty();
    }

    /// The other side: a client that submits all at once is credited all of it.
    @ParameterizedTest
    @ValueSource(longs = 1)
    void isCreditedAllOfItsWorkWhereItIsHonest(long seed) {
        assertThat(new CreditAdversary(seed).runHonestly(HASHES).lost())
                .as("seed %d", seed)
                .isEmpty();
    }
}
