package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;

class CalibrationTest {
    private static final long SECOND = 1_000_000_000L;
    private long now = 1_000 * SECOND;

    @Test
    void choosesTheVectorEngineWhenItIsQuickerOnceCompiled() {
        long compiled = now + 2 * SECOND;
        EngineChoice choice = choose(time -> 150, time -> time < compiled ? 200_000 : 25);
        assertThat(choice.kind()).isEqualTo(HashEngineKind.VECTOR);
        assertThat(choice.hashesPerSecond()).isCloseTo(40e6, within(1e6));
        assertThat(choice.reason()).isEqualTo("vector 40.0 MH/s, digest 6.7 MH/s");
    }

    @Test
    void choosesTheDigestEngineWhenTheVectorEngineIsSlower() {
        EngineChoice choice = choose(time -> 150, time -> 600);
        assertThat(choice.kind()).isEqualTo(HashEngineKind.DIGEST);
        assertThat(choice.hashesPerSecond()).isCloseTo(6.67e6, within(0.01e6));
    }

    @Test
    void doesNotWaitLongForAnEngineThatNeverGetsCompiled() {
        long began = now;
        EngineChoice choice = choose(time -> 150, time -> 2_000_000);
        assertThat(choice.kind()).isEqualTo(HashEngineKind.DIGEST);
        assertThat(now - began).isLessThan(2 * Calibration.NANOS_MAX);
    }

    @Test
    void choosesTheDigestEngineWhenTheVectorEngineMissesANonce() {
        HashEngine blind = (header, target, first, count, sink) ->
                new Paced(time -> 25).scan(header, target, first, count, nonce -> nonce % 7 == 0 || sink.found(nonce));
        EngineChoice choice = new Calibration(() -> now).choose(new Paced(time -> 150), blind);
        assertThat(choice.kind()).isEqualTo(HashEngineKind.DIGEST);
        assertThat(choice.reason()).contains("failed its self-check");
    }

    @Test
    void measuresTheKindItIsToldOnceThatIsCompiled() {
        long compiled = now + 2 * SECOND;
        EngineChoice choice = measure(HashEngineKind.VECTOR, time -> time < compiled ? 200_000 : 25);
        assertThat(choice.kind()).isEqualTo(HashEngineKind.VECTOR);
        assertThat(choice.hashesPerSecond()).isCloseTo(40e6, within(1e6));
    }

    @Test
    void keepsToTheKindItIsToldThoughItIsSlower() {
        EngineChoice vector = measure(HashEngineKind.VECTOR, time -> 600);
        assertThat(vector.kind()).isEqualTo(HashEngineKind.VECTOR);
        assertThat(vector.hashesPerSecond()).isCloseTo(1.67e6, within(0.01e6));
        EngineChoice digest = measure(HashEngineKind.DIGEST, time -> 150);
        assertThat(digest.kind()).isEqualTo(HashEngineKind.DIGEST);
        assertThat(digest.hashesPerSecond()).isCloseTo(6.67e6, within(0.01e6));
    }

    @Test
    void refusesTheKindItIsToldWhenThatMissesANonce() {
        HashEngine blind = (header, target, first, count, sink) -> count;
        EngineChoice choice = new Calibration(() -> now).measure(HashEngineKind.VECTOR, new Paced(time -> 150), blind);
        assertThat(choice.kind()).isEqualTo(HashEngineKind.DIGEST);
        assertThat(choice.reason()).contains("failed its self-check");
    }

    @Test
    void measuresOnceForTheWholeJvm() {
        EngineChoice choice = HashEngines.best();
        assertThat(choice.hashesPerSecond()).isPositive();
        assertThat(HashEngines.best()).isSameAs(choice);
        assertThat(choice.kind().obstacle()).isEmpty();
    }

    private EngineChoice measure(HashEngineKind kind, LongUnaryOperator nanosPerHash) {
        return new Calibration(() -> now).measure(kind, new Paced(time -> 150), new Paced(nanosPerHash));
    }

    private EngineChoice choose(LongUnaryOperator digestNanos, LongUnaryOperator vectorNanos) {
        return new Calibration(() -> now).choose(new Paced(digestNanos), new Paced(vectorNanos));
    }

    /// Finds what is there, in as much virtual time per hash as it is told.
    private final class Paced implements HashEngine {
        private final HashEngine engine = new DigestEngine();
        private final LongUnaryOperator nanosPerHash;

        Paced(LongUnaryOperator nanosPerHash) {
            this.nanosPerHash = nanosPerHash;
        }

        @Override
        public long scan(BlockHeader header, Target target, long firstNonce, long count, NonceSink sink) {
            now += count * nanosPerHash.applyAsLong(now);
            return target.equals(Target.ZERO) ? count : engine.scan(header, target, firstNonce, count, sink);
        }
    }
}
