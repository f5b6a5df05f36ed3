package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.miner.Headers.GENESIS;
import static org.stratumj.miner.Headers.GENESIS_NONCE;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;

class HashEngineTest {
    @ParameterizedTest
    @EnumSource
    void findsTheNonceOfTheFirstBlock(HashEngineKind kind) {
        assertThat(found(kind, GENESIS, Target.DIFFICULTY_1, GENESIS_NONCE - 1000, 2000))
                .containsExactly(GENESIS_NONCE);
    }

    @ParameterizedTest
    @EnumSource
    void doesNotLookAtTheNonceOfTheHeaderGiven(HashEngineKind kind) {
        BlockHeader other = new BlockHeader(
                GENESIS.version(), GENESIS.prevHash(), GENESIS.merkleRoot(), GENESIS.time(), GENESIS.nBits(), 7);
        assertThat(found(kind, other, Target.DIFFICULTY_1, GENESIS_NONCE - 3, 9))
                .containsExactly(GENESIS_NONCE);
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingOutsideTheRange(HashEngineKind kind) {
        assertThat(found(kind, GENESIS, Target.DIFFICULTY_1, GENESIS_NONCE - 100, 100))
                .isEmpty();
        assertThat(found(kind, GENESIS, Target.DIFFICULTY_1, GENESIS_NONCE + 1, 100))
                .isEmpty();
        assertThat(found(kind, GENESIS, Target.DIFFICULTY_1, GENESIS_NONCE, 1)).containsExactly(GENESIS_NONCE);
        assertThat(found(kind, GENESIS, Target.MAX, 5, 0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void reportsEveryNonceOnceAndInOrderWhateverTheLengthOfTheRange(HashEngineKind kind) {
        for (int count = 1; count < 70; count++) {
            List<Long> nonces = found(kind, GENESIS, Target.MAX, 1000, count);
            assertThat(nonces).hasSize(count).isSorted().doesNotHaveDuplicates();
            assertThat(nonces.getFirst()).isEqualTo(1000);
            assertThat(nonces.getLast()).isEqualTo(1000 + count - 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reachesTheLastNonceAndNoFurther(HashEngineKind kind) {
        assertThat(found(kind, GENESIS, Target.MAX, HashEngine.NONCES - 3, 3))
                .containsExactly(0xfffffffdL, 0xfffffffeL, 0xffffffffL);
        HashEngine engine = kind.newEngine();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.scan(GENESIS, Target.MAX, HashEngine.NONCES - 3, 4, nonce -> true))
                .withMessageContaining("4 from 4294967293");
        assertThatIllegalArgumentException().isThrownBy(() -> engine.scan(GENESIS, Target.MAX, -1, 1, nonce -> true));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.scan(GENESIS, Target.MAX, 0, -1, nonce -> true));
    }

    @ParameterizedTest
    @EnumSource
    void stopsWhereTheSinkSaysSo(HashEngineKind kind) {
        List<Long> nonces = new ArrayList<>();
        long hashed = kind.newEngine().scan(GENESIS, Target.MAX, 10, 1000, nonce -> {
            nonces.add(nonce);
            return nonce < 30;
        });
        assertThat(hashed).isEqualTo(21);
        assertThat(nonces).hasSize(21).endsWith(30L);
    }

    @ParameterizedTest
    @EnumSource
    void countsTheNoncesHashed(HashEngineKind kind) {
        assertThat(kind.newEngine().scan(GENESIS, Target.ZERO, 3, 1234, nonce -> true))
                .isEqualTo(1234);
    }

    @ParameterizedTest
    @EnumSource
    void targetIsInclusive(HashEngineKind kind) {
        BlockHeader header = Headers.random(new SplittableRandom(1));
        var lowest = Headers.number(Headers.hash(header, 77));
        assertThat(found(kind, header, Target.of(lowest), 77, 1)).containsExactly(77L);
        assertThat(found(kind, header, Target.of(lowest.subtract(java.math.BigInteger.ONE)), 77, 1))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void passesOnWhatTheSinkThrows(HashEngineKind kind) {
        assertThatThrownBy(() -> kind.newEngine().scan(GENESIS, Target.MAX, 0, 10, nonce -> {
                    throw new IllegalStateException("sink");
                }))
                .hasMessage("sink");
    }

    private static List<Long> found(HashEngineKind kind, BlockHeader header, Target target, long first, long count) {
        List<Long> nonces = new ArrayList<>();
        assertThat(kind.newEngine().scan(header, target, first, count, nonces::add))
                .isEqualTo(count);
        return nonces;
    }
}
