package org.stratumj.bitcoin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteOrder;

/// A proof-of-work target: an unsigned 256-bit number that a hash, read as a little-endian number, must not exceed.
///
/// Immutable; ordered as numbers, so a greater target is easier to meet.
public final class Target implements Comparable<Target> {
    /// Bytes in a target.
    public static final int SIZE = 32;

    /// 2^256 - 1: every hash meets it.
    public static final Target MAX = new Target(-1, -1, -1, -1);

    /// 0: in practice no hash meets it.
    public static final Target ZERO = new Target(0, 0, 0, 0);

    /// The target of difficulty 1, 0xffff · 2^208.
    public static final Target DIFFICULTY_1 = fromCompact(0x1d00ffffL);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final BigInteger TWO_256 = BigInteger.ONE.shiftLeft(256);

    /// 64-bit words, the most significant first.
    private final long w3;

    private final long w2;
    private final long w1;
    private final long w0;

    private Target(long w3, long w2, long w1, long w0) {
        this.w3 = w3;
        this.w2 = w2;
        this.w1 = w1;
        this.w0 = w0;
    }

    /// The target that a header's `nBits` stands for: an exponent byte and a signed 24-bit mantissa.
    ///
    /// @param nBits U32
    /// @throws BitcoinFormatException if it stands for a negative number or for one above 2^256 - 1
    public static Target fromCompact(long nBits) {
        Numbers.checkU32("nBits", nBits);
        int exponent = (int) (nBits >>> 24);
        long mantissa = nBits & 0x7fffffL;
        if (exponent < 3) {
            mantissa >>>= 8 * (3 - exponent);
        }
        if (mantissa == 0) {
            return ZERO;
        }
        if ((nBits & 0x800000L) != 0) {
            throw new BitcoinFormatException("nBits %08x is a negative target".formatted(nBits));
        }
        if (exponent > 34 || (exponent > 33 && mantissa > 0xff) || (exponent > 32 && mantissa > 0xffff)) {
            throw new BitcoinFormatException("nBits %08x is a target above 2^256".formatted(nBits));
        }
        return of(BigInteger.valueOf(mantissa).shiftLeft(8 * Math.max(0, exponent - 3)));
    }

    /// The target that is this number.
    ///
    /// @throws IllegalArgumentException outside 0 … 2^256 - 1
    public static Target of(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 256) {
            throw new IllegalArgumentException("a target has at most 256 bits: " + value);
        }
        return new Target(
                value.shiftRight(192).longValue(),
                value.shiftRight(128).longValue(),
                value.shiftRight(64).longValue(),
                value.longValue());
    }

    /// The target in these 32 bytes, least significant first, as messages carry it.
    public static Target ofLittleEndian(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a target has " + SIZE + " bytes, not " + bytes.length);
        }
        return new Target((long) LONG.get(bytes, 24), (long) LONG.get(bytes, 16), (long) LONG.get(bytes, 8), (long)
                LONG.get(bytes, 0));
    }

    /// The target that one hash in `hashes` meets on average; at least 1.
    public static Target ofExpectedHashes(double hashes) {
        if (!(hashes >= 1)) {
            throw new IllegalArgumentException("meeting a target takes at least one hash, not " + hashes);
        }
        if (Double.isInfinite(hashes)) {
            return ZERO;
        }
        BigInteger value = new BigDecimal(TWO_256)
                .divide(new BigDecimal(hashes), 0, RoundingMode.DOWN)
                .toBigInteger();
        return of(value.subtract(BigInteger.ONE).max(BigInteger.ZERO));
    }

    /// The `nBits` nearest to this target from below: compact form keeps the 23 or fewer leading bits.
    public long toCompact() {
        BigInteger value = toBigInteger();
        int size = (value.bitLength() + 7) / 8;
        long mantissa = size <= 3
                ? value.longValue() << (8 * (3 - size))
                : value.shiftRight(8 * (size - 3)).longValue();
        // The top bit is the sign, so a mantissa that would set it moves down a byte.
        if ((mantissa & 0x800000L) != 0) {
            mantissa >>>= 8;
            size++;
        }
        return ((long) size << 24) | mantissa;
    }

    /// A copy of the 32 bytes, least significant first.
    public byte[] littleEndian() {
        byte[] bytes = new byte[SIZE];
        LONG.set(bytes, 0, w0);
        LONG.set(bytes, 8, w1);
        LONG.set(bytes, 16, w2);
        LONG.set(bytes, 24, w3);
        return bytes;
    }

    /// The target as a number.
    public BigInteger toBigInteger() {
        BigInteger value = BigInteger.ZERO;
        for (long word : new long[] {w3, w2, w1, w0}) {
            value = value.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(word)));
        }
        return value;
    }

    /// Whether the hash, as a little-endian number, is at or below this target.
    public boolean isMetBy(Hash256 hash) {
        return atLeast(hash.word(3), hash.word(2), hash.word(1), hash.word(0));
    }

    /// Whether the hash in the 32 bytes from `offset` is at or below this target; allocates nothing.
    public boolean isMetBy(byte[] hash, int offset) {
        return atLeast(
                (long) LONG.get(hash, offset + 24),
                (long) LONG.get(hash, offset + 16),
                (long) LONG.get(hash, offset + 8),
                (long) LONG.get(hash, offset));
    }

    /// How much harder this target is than [#DIFFICULTY_1]; infinite for [#ZERO].
    public Difficulty difficulty() {
        return new Difficulty(
                DIFFICULTY_1.toBigInteger().doubleValue() / toBigInteger().doubleValue());
    }

    /// Hashes needed on average to meet this target, 2^256 / (target + 1).
    public double expectedHashes() {
        return TWO_256.doubleValue() / toBigInteger().add(BigInteger.ONE).doubleValue();
    }

    /// The work a block with this target adds to its chain: [#expectedHashes] rounded down.
    public BigInteger work() {
        return TWO_256.divide(toBigInteger().add(BigInteger.ONE));
    }

    @Override
    public int compareTo(Target other) {
        return atLeast(other.w3, other.w2, other.w1, other.w0) ? (equals(other) ? 0 : 1) : -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target
                && w3 == target.w3
                && w2 == target.w2
                && w1 == target.w1
                && w0 == target.w0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(w3 + 31 * w2 + 961 * w1 + 29791 * w0);
    }

    /// The number, 64 hexadecimal digits, most significant first.
    @Override
    public String toString() {
        return "%016x%016x%016x%016x".formatted(w3, w2, w1, w0);
    }

    private boolean atLeast(long v3, long v2, long v1, long v0) {
        if (v3 != w3) {
            return Long.compareUnsigned(v3, w3) < 0;
        }
        if (v2 != w2) {
            return Long.compareUnsigned(v2, w2) < 0;
        }
        if (v1 != w1) {
            return Long.compareUnsigned(v1, w1) < 0;
        }
        return Long.compareUnsigned(v0, w0) <= 0;
    }
}
