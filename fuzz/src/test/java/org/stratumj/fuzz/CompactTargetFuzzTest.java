package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Target;

/// Targets against plain big-integer arithmetic. The input is an `nBits` and two targets, little-endian.
class CompactTargetFuzzTest {
    private static final BigInteger TWO_256 = BigInteger.TWO.pow(256);

    static Stream<byte[]> seeds() {
        String zeros = "00".repeat(32);
        String ones = "ff".repeat(32);
        return Stream.of(
                        "ffff001d" + zeros + ones,
                        "ffff7f20" + "ffff7f".repeat(10) + "0000" + ones,
                        "00008004" + "80" + "00".repeat(31) + zeros,
                        "ffffff22" + "00".repeat(31) + "80" + zeros,
                        "01000021" + "00".repeat(16) + "ff".repeat(16) + "00".repeat(15) + "ff".repeat(17))
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void agreesWithBigIntegers(byte[] data) {
        var in = new Input(data);
        requireCompact(in.u32());
        var one = target(in.exactly(Target.SIZE));
        var other = target(in.exactly(Target.SIZE));
        requireNumber(one);
        requireOrder(one, other);
    }

    private static void requireCompact(long nBits) {
        var expected = reference(nBits);
        Target target;
        try {
            target = Target.fromCompact(nBits);
        } catch (BitcoinFormatException refused) {
            require(expected.isEmpty(), "refused though it is a target");
            return;
        }
        requireEqual(expected, Optional.of(target.toBigInteger()), "value of nBits");
        requireEqual(target, Target.fromCompact(target.toCompact()), "compact and back");
    }

    private static void requireNumber(Target target) {
        var value = target.toBigInteger();
        requireEqual(target, Target.of(value), "number and back");
        long compact = target.toCompact();
        var nearest = Target.fromCompact(compact).toBigInteger();
        int size = (int) (compact >>> 24);
        var lost = value.subtract(nearest);
        var unit = BigInteger.TWO.pow(8 * Math.max(0, size - 3));
        require(lost.signum() >= 0 && lost.compareTo(unit) < 0, "compact form is the nearest from below");
        requireEqual(value.bitLength() == 0 ? 0 : (value.bitLength() + 8) / 8, size, "shortest size");
        requireEqual(TWO_256.divide(value.add(BigInteger.ONE)), target.work(), "work");
        require(target.expectedHashes() >= 1 && target.difficulty().value() >= 0, "hashes and difficulty");
        requireEqual(String.format("%064x", value), target.toString(), "text");
    }

    private static void requireOrder(Target one, Target other) {
        int expected = one.toBigInteger().compareTo(other.toBigInteger());
        requireEqual(expected, Integer.signum(one.compareTo(other)), "order");
        requireEqual(expected == 0, one.equals(other), "equality");
        requireEqual(expected >= 0, one.isMetBy(other.littleEndian(), 0), "met by a hash");
    }

    // The definition, without a look at how many bytes fit where.
    private static Optional<BigInteger> reference(long nBits) {
        int exponent = (int) (nBits >>> 24);
        var mantissa = BigInteger.valueOf(nBits & 0x7f_ffff);
        var value = exponent >= 3 ? mantissa.shiftLeft(8 * (exponent - 3)) : mantissa.shiftRight(8 * (3 - exponent));
        boolean negative = (nBits & 0x80_0000) != 0 && value.signum() != 0;
        return negative || value.bitLength() > 256 ? Optional.empty() : Optional.of(value);
    }

    private static Target target(byte[] littleEndian) {
        var target = Target.ofLittleEndian(littleEndian);
        requireEqual(littleEndian, target.littleEndian(), "bytes");
        return target;
    }
}
