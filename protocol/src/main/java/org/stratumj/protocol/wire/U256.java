package org.stratumj.protocol.wire;

import java.util.HexFormat;

/// A 256-bit value: 32 bytes on the wire. A hash is its raw digest bytes; a target is a little-endian number.
///
/// Immutable, compared by value. Spec: 03 §3.1.
public final class U256 implements Comparable<U256> {
    /// The size on the wire in bytes.
    public static final int SIZE = 32;

    /// All bytes zero.
    public static final U256 ZERO = new U256(0, 0, 0, 0);

    /// All bits set, the largest number: 2^256 − 1.
    public static final U256 MAX = new U256(-1, -1, -1, -1);

    // The number in 64-bit limbs, least significant first: half the heap of an array and no indirection.
    private final long limb0;
    private final long limb1;
    private final long limb2;
    private final long limb3;

    private U256(long limb0, long limb1, long limb2, long limb3) {
        this.limb0 = limb0;
        this.limb1 = limb1;
        this.limb2 = limb2;
        this.limb3 = limb3;
    }

    /// The value held by `bytes`, in wire order.
    ///
    /// @param bytes exactly 32 bytes, copied
    /// @throws IllegalArgumentException if there are more or fewer
    public static U256 of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("U256 is " + SIZE + " bytes, not " + bytes.length);
        }
        return of(bytes, 0);
    }

    /// The value held by the 32 bytes of `source` from `offset` on.
    ///
    /// @throws IndexOutOfBoundsException if `source` ends before
    public static U256 of(byte[] source, int offset) {
        return new U256(
                (long) LittleEndian.LONG.get(source, offset),
                (long) LittleEndian.LONG.get(source, offset + 8),
                (long) LittleEndian.LONG.get(source, offset + 16),
                (long) LittleEndian.LONG.get(source, offset + 24));
    }

    /// The value whose wire bytes are written in `hex`, first byte first.
    ///
    /// @param hex 64 hexadecimal digits
    /// @throws IllegalArgumentException if it is anything else
    public static U256 ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /// The 32 wire bytes, a fresh copy.
    public byte[] bytes() {
        var bytes = new byte[SIZE];
        writeTo(bytes, 0);
        return bytes;
    }

    /// Writes the 32 wire bytes into `target` from `offset` on.
    ///
    /// @throws IndexOutOfBoundsException if `target` ends before
    public void writeTo(byte[] target, int offset) {
        LittleEndian.LONG.set(target, offset, limb0);
        LittleEndian.LONG.set(target, offset + 8, limb1);
        LittleEndian.LONG.set(target, offset + 16, limb2);
        LittleEndian.LONG.set(target, offset + 24, limb3);
    }

    /// Compares as unsigned little-endian numbers, as targets are.
    @Override
    public int compareTo(U256 other) {
        int high = Long.compareUnsigned(limb3, other.limb3);
        if (high != 0) {
            return high;
        }
        int upper = Long.compareUnsigned(limb2, other.limb2);
        if (upper != 0) {
            return upper;
        }
        int lower = Long.compareUnsigned(limb1, other.limb1);
        return lower != 0 ? lower : Long.compareUnsigned(limb0, other.limb0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof U256 that
                && limb0 == that.limb0
                && limb1 == that.limb1
                && limb2 == that.limb2
                && limb3 == that.limb3;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * Long.hashCode(limb0) + Long.hashCode(limb1)) + Long.hashCode(limb2))
                + Long.hashCode(limb3);
    }

    /// The wire bytes in hexadecimal, first byte first.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
