package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;

/// Goal: an engine reports exactly the nonces whose hash meets the target. Method: random headers, ranges and
/// targets, among them targets equal to and next to a hash of the range, against the digest of the platform and
/// big numbers.
class HashEngineRoundTripTest {
    private static final long SEED = 0x5eed_3a11L;
    private static final int CASES = 300;

    @ParameterizedTest
    @EnumSource
    void agreesWithHashingOneByOne(HashEngineKind kind) {
        SplittableRandom random = new SplittableRandom(SEED);
        HashEngine engine = kind.newEngine();
        for (int i = 0; i < CASES; i++) {
            BlockHeader header = Headers.random(random);
            long count = random.nextLong(1, 100);
            long first = random.nextLong(HashEngine.NONCES - count + 1);
            Target target = target(random, header, first + random.nextLong(count));
            List<Long> found = new ArrayList<>();
            engine.scan(header, target, first, count, found::add);
            assertThat(found)
                    .as("seed %x case %d: %s, target %s, %d from %d", SEED, i, header, target, count, first)
                    .isEqualTo(Headers.noncesThatMeet(header, target, first, count));
        }
    }

    private static Target target(SplittableRandom random, BlockHeader header, long nonce) {
        BigInteger hash = Headers.number(Headers.hash(header, nonce));
        return switch (random.nextInt(5)) {
            case 0 -> Target.of(hash);
            case 1 -> Target.of(hash.subtract(BigInteger.ONE));
            case 2 -> Target.of(hash.setBit(random.nextInt(256)));
            case 3 ->
                Target.of(BigInteger.ONE.shiftLeft(random.nextInt(230, 257)).subtract(BigInteger.ONE));
            default -> Target.of(new BigInteger(1, bytes(random)));
        };
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[Target.SIZE];
        random.nextBytes(bytes);
        return bytes;
    }
}
