package org.stratumj.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.bitcoinj.base.internal.ByteUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    private static final long SEED = 7;

    /// Bitcoin Core's reading of nBits, mantissas shifted out and signs of zero included.
    @ParameterizedTest
    @CsvSource({
        "00000000, 0",
        "00123456, 0",
        "01003456, 0",
        "02000056, 0",
        "03000000, 0",
        "04000000, 0",
        "00923456, 0",
        "01803456, 0",
        "02800056, 0",
        "03800000, 0",
        "04800000, 0",
        "01123456, 12",
        "02123456, 1234",
        "03123456, 123456",
        "04123456, 12345600",
        "05009234, 92340000",
        "20123456, 1234560000000000000000000000000000000000000000000000000000000000",
        "1d00ffff, ffff0000000000000000000000000000000000000000000000000000",
        "1e0377ae, 377ae000000000000000000000000000000000000000000000000000000",
        "207fffff, 7fffff0000000000000000000000000000000000000000000000000000000000",
        "2100ffff, ffff000000000000000000000000000000000000000000000000000000000000",
        "220000ff, ff00000000000000000000000000000000000000000000000000000000000000"
    })
    void readsCompactForm(String nBits, String target) {
        assertThat(Target.fromCompact(Long.parseLong(nBits, 16))).isEqualTo(Target.of(new BigInteger(target, 16)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x01fedcbaL, 0x04923456L, 0x1d80ffffL, 0x20ffffffL, 0x03800001L})
    void refusesANegativeTarget(long nBits) {
        assertThatThrownBy(() -> Target.fromCompact(nBits))
                .isInstanceOf(BitcoinFormatException.class)
                .hasMessageContaining("negative");
    }

    @ParameterizedTest
    @ValueSource(longs = {0xff123456L, 0x23000001L, 0x22000100L, 0x21010000L})
    void refusesATargetThatOverflows(long nBits) {
        assertThatThrownBy(() -> Target.fromCompact(nBits))
                .isInstanceOf(BitcoinFormatException.class)
                .hasMessageContaining("above 2^256");
    }

    @ParameterizedTest
    @CsvSource({
        "12, 01120000", "80, 02008000", "1234, 02123400", "123456, 03123456", "12345600, 04123456",
        "92340000, 05009234", "0, 00000000", "ffffff, 0400ffff", "7fffff, 037fffff", "800000, 04008000"
    })
    void writesCompactForm(String target, String nBits) {
        assertThat(Target.of(new BigInteger(target, 16)).toCompact()).isEqualTo(Long.parseLong(nBits, 16));
    }

    @Test
    void agreesWithBitcoinjOnCompactForm() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 20_000; round++) {
            BigInteger value = new BigInteger(1, bytes(random))
                    .shiftRight(random.nextInt(256))
                    .max(BigInteger.ONE);
            Target target = Target.of(value);
            String where = "seed " + SEED + " round " + round;
            assertThat(target.toBigInteger()).as(where).isEqualTo(value);
            assertThat(target.toCompact()).as(where).isEqualTo(ByteUtils.encodeCompactBits(value));
            Target rounded = Target.fromCompact(target.toCompact());
            assertThat(rounded.toBigInteger())
                    .as(where)
                    .isEqualTo(ByteUtils.decodeCompactBits(target.toCompact()))
                    .isLessThanOrEqualTo(value);
            assertThat(rounded.toCompact()).as(where).isEqualTo(target.toCompact());
            assertThat(Target.ofLittleEndian(target.littleEndian())).as(where).isEqualTo(target);
        }
    }

    @Test
    void comparesAsUnsignedNumbers() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] one = bytes(random);
            byte[] two = bytes(random);
            // Equal leading words make the later words decide.
            int same = random.nextInt(33);
            System.arraycopy(one, 32 - same, two, 32 - same, same);
            BigInteger first = Target.ofLittleEndian(one).toBigInteger();
            BigInteger second = Target.ofLittleEndian(two).toBigInteger();
            String where = "seed " + SEED + " round " + round;
            assertThat(Integer.signum(Target.of(first).compareTo(Target.of(second))))
                    .as(where)
                    .isEqualTo(first.compareTo(second));
            boolean met = second.compareTo(first) <= 0;
            assertThat(Target.of(first).isMetBy(Hash256.of(two))).as(where).isEqualTo(met);
            assertThat(Target.of(first).isMetBy(two, 0)).as(where).isEqualTo(met);
        }
    }

    @Test
    void isMetByAHashEqualToItAndNotByOneAbove() {
        Target target = Target.of(BigInteger.valueOf(1000));
        assertThat(target.isMetBy(Hash256.of(target.littleEndian()))).isTrue();
        assertThat(target.isMetBy(Hash256.of(Target.of(BigInteger.valueOf(1001)).littleEndian())))
                .isFalse();
        assertThat(Target.ZERO.isMetBy(Hash256.ZERO)).isTrue();
        assertThat(Target.MAX.isMetBy(Hash256.fromDisplayHex("ff".repeat(32)))).isTrue();
    }

    @Test
    void hasTheKnownDifficultyOfAKnownTarget() {
        // Block 100000 of the main network.
        assertThat(Target.fromCompact(0x1b04864cL).difficulty().value()).isCloseTo(14484.162361, within(1e-6));
        assertThat(Target.ZERO.difficulty().value()).isInfinite();
        assertThat(new Difficulty(Double.POSITIVE_INFINITY).toTarget()).isEqualTo(Target.ZERO);
    }

    @Test
    void turnsDifficultyIntoTargetAndBack() {
        assertThat(new Difficulty(1).toTarget()).isEqualTo(Target.DIFFICULTY_1);
        assertThat(new Difficulty(1e-12).toTarget()).isEqualTo(Target.MAX);
        for (double value : new double[] {1e-9, 0.001, 0.5, 3, 16384, 1e14, 1e20}) {
            assertThat(new Difficulty(value).toTarget().difficulty().value() / value)
                    .isCloseTo(1, within(1e-12));
        }
        for (double bad : new double[] {0, -1, Double.NaN}) {
            assertThatThrownBy(() -> new Difficulty(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void countsExpectedHashes() {
        assertThat(Target.MAX.expectedHashes()).isEqualTo(1);
        assertThat(Target.fromCompact(0x1e0377aeL).expectedHashes()).isCloseTo(4.83e6, within(0.01e6));
        assertThat(Target.DIFFICULTY_1.work()).isEqualTo(new BigInteger("100010001", 16));
        assertThat(Target.fromCompact(0x207fffffL).work()).isEqualTo(BigInteger.TWO);
        assertThat(Target.ofExpectedHashes(1)).isEqualTo(Target.MAX);
        assertThat(Target.ofExpectedHashes(4e9).expectedHashes()).isCloseTo(4e9, within(1.0));
        assertThat(Target.ofExpectedHashes(Double.POSITIVE_INFINITY)).isEqualTo(Target.ZERO);
        assertThatThrownBy(() -> Target.ofExpectedHashes(0.99)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Target.ofExpectedHashes(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNumbersBeyond256Bits() {
        assertThatThrownBy(() -> Target.of(BigInteger.ONE.shiftLeft(256))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Target.of(BigInteger.ONE.negate())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Target.ofLittleEndian(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Target.fromCompact(1L << 32)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
