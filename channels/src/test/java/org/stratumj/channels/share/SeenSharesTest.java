package org.stratumj.channels.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.channels.Fixtures;

/// The memory of credited shares, and its bounds.
class SeenSharesTest {
    private final SeenShares seen = new SeenShares();

    @Test
    void takesAShareOnce() {
        assertThat(seen.add(tip(1), share(1))).isTrue();
        assertThat(seen.add(tip(1), share(2))).isTrue();
        assertThat(seen.add(tip(1), share(1))).isFalse();
    }

    @Test
    void remembersSharesOfTheLastTips() {
        for (int tip = 1; tip <= SeenShares.TIPS_MAX; tip++) {
            seen.add(tip(tip), share(tip));
        }

        for (int tip = 1; tip <= SeenShares.TIPS_MAX; tip++) {
            assertThat(seen.add(tip(tip), share(tip))).isFalse();
        }
    }

    @Test
    void forgetsTheOldestTip() {
        for (int tip = 1; tip <= SeenShares.TIPS_MAX + 1; tip++) {
            seen.add(tip(tip), share(tip));
        }

        assertThat(seen.add(tip(2), share(2))).isFalse();
        assertThat(seen.add(tip(1), share(1))).isTrue();
    }

    @Test
    void takesNoMoreThanTheBoundOnOneTip() {
        SeenShares small = new SeenShares(3);
        for (int i = 1; i <= 3; i++) {
            assertThat(small.add(tip(1), share(i))).isTrue();
        }

        assertThat(small.add(tip(1), share(4))).isFalse();
        assertThat(small.add(tip(2), share(4))).isTrue();
    }

    @Test
    void holdsAsManyAsItPromises() {
        Random random = new Random(11);
        byte[] hash = new byte[32];
        for (int i = 0; i < SeenShares.SHARES_PER_TIP_MAX; i++) {
            random.nextBytes(hash);
            assertThat(seen.add(tip(1), hash)).isTrue();
        }
        random.nextBytes(hash);

        assertThat(seen.add(tip(1), hash)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void behavesAsASet(long seed) {
        Random random = new Random(seed);
        LongSet set = new LongSet();
        Set<Long> model = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            // Few values, zero among them, with equal low bits, so that they collide.
            long element = random.nextLong(5_000) << 20;

            assertThat(set.add(element)).as("seed %d", seed).isEqualTo(model.add(element));
            assertThat(set.size()).as("seed %d", seed).isEqualTo(model.size());
        }
    }

    private static Hash256 tip(long number) {
        return Hash256.of(Fixtures.hash(number).bytes());
    }

    private static byte[] share(long number) {
        return Fixtures.hash(-number).bytes();
    }
}
