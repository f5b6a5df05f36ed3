package org.stratumj.miner;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;

/// Runs each kind of engine for a moment, checks that it finds what it should, and chooses the quickest.
///
/// The vector engine begins hundreds of times slower than it ends, since its methods are quick only once the last
/// compiler has had them. So it is given time to overtake the digest engine, and is taken to have settled only when
/// it has.
final class Calibration {
    /// How long the vector engine may take to overtake the digest engine; also bounds any measurement.
    static final long NANOS_MAX = 5_000_000_000L;

    private static final long WINDOW_NANOS = 40_000_000;
    private static final int SETTLED_WINDOWS = 3;
    private static final double SETTLED_GAIN = 1.05;
    private static final long SLICE_MIN = 64;
    private static final long SLICE_MAX = 1 << 16;
    private static final long SLICE_NANOS = 1_000_000;

    /// The header of Bitcoin's first block, whose nonce is known.
    private static final BlockHeader GENESIS = BlockHeader.parse(HexFormat.of()
            .parseHex("0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
                    + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"));

    /// Met by one hash in 64.
    private static final Target EASY = Target.ofExpectedHashes(64);

    private static final long CHECKED_NONCES = 1003;

    private static final String FAILED_SELF_CHECK = "the vector engine failed its self-check";
    private static final String AS_TOLD = "as told";

    private final LongSupplier nanoTime;

    Calibration(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// The choice in this JVM.
    EngineChoice choose() {
        Optional<String> obstacle = HashEngineKind.VECTOR.obstacle();
        HashEngine digest = HashEngineKind.DIGEST.newEngine();
        if (obstacle.isPresent()) {
            return digest(settledRate(digest, 0), obstacle.get());
        }
        return choose(digest, HashEngineKind.VECTOR.newEngine());
    }

    /// This kind, unless it fails its self-check.
    ///
    /// @throws UnsupportedOperationException if there is an obstacle
    EngineChoice measure(HashEngineKind kind) {
        return measure(kind, HashEngineKind.DIGEST.newEngine(), kind.newEngine());
    }

    EngineChoice measure(HashEngineKind kind, HashEngine digest, HashEngine engine) {
        double digestRate = settledRate(digest, 0);
        if (kind == HashEngineKind.DIGEST) {
            return digest(digestRate, AS_TOLD);
        }
        return agree(digest, engine)
                ? new EngineChoice(kind, settledRate(engine, digestRate), AS_TOLD)
                : digest(digestRate, FAILED_SELF_CHECK);
    }

    EngineChoice choose(HashEngine digest, HashEngine vector) {
        double digestRate = settledRate(digest, 0);
        if (!agree(digest, vector)) {
            return digest(digestRate, FAILED_SELF_CHECK);
        }
        double vectorRate = settledRate(vector, digestRate);
        String rates = "vector %.1f MH/s, digest %.1f MH/s".formatted(vectorRate / 1e6, digestRate / 1e6);
        return vectorRate > digestRate
                ? new EngineChoice(HashEngineKind.VECTOR, vectorRate, rates)
                : digest(digestRate, rates);
    }

    private static EngineChoice digest(double rate, String reason) {
        return new EngineChoice(HashEngineKind.DIGEST, rate, reason);
    }

    private static boolean agree(HashEngine one, HashEngine other) {
        long first = GENESIS.nonce() - CHECKED_NONCES / 2;
        return found(one, Target.DIFFICULTY_1, first).equals(List.of(GENESIS.nonce()))
                && found(other, Target.DIFFICULTY_1, first).equals(List.of(GENESIS.nonce()))
                && found(one, EASY, first).equals(found(other, EASY, first));
    }

    private static List<Long> found(HashEngine engine, Target target, long first) {
        List<Long> nonces = new ArrayList<>();
        engine.scan(GENESIS, target, first, CHECKED_NONCES, nonces::add);
        return nonces;
    }

    /// Hashes per second in the best window, once that exceeds `floor` and windows stop getting better, or when
    /// time is up.
    private double settledRate(HashEngine engine, double floor) {
        long began = nanoTime.getAsLong();
        double best = 0;
        int noBetter = 0;
        while (nanoTime.getAsLong() - began < NANOS_MAX && (best <= floor || noBetter < SETTLED_WINDOWS)) {
            double rate = windowRate(engine);
            noBetter = rate > best * SETTLED_GAIN ? 0 : noBetter + 1;
            best = Math.max(best, rate);
        }
        return best;
    }

    private double windowRate(HashEngine engine) {
        long began = nanoTime.getAsLong();
        long hashes = 0;
        long slice = SLICE_MIN;
        long elapsed = 0;
        while (elapsed < WINDOW_NANOS) {
            hashes += engine.scan(GENESIS, Target.ZERO, 0, slice, nonce -> true);
            long sliceNanos = -elapsed + (elapsed = nanoTime.getAsLong() - began);
            slice = sliceNanos < SLICE_NANOS ? Math.min(2 * slice, SLICE_MAX) : slice;
        }
        return hashes * 1e9 / elapsed;
    }
}
