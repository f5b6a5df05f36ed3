package org.stratumj.miner;

import java.util.Arrays;
import java.util.HexFormat;

/// The bytes in a coinbase that a miner may choose, 0 to 32 of them. Immutable; the order is that of the coinbase.
public final class Extranonce {
    /// The most bytes an extranonce has.
    public static final int SIZE_MAX = 32;

    /// No bytes: the job leaves the coinbase no choice.
    public static final Extranonce NONE = new Extranonce(new byte[0]);

    private final byte[] bytes;

    private Extranonce(byte[] owned) {
        bytes = owned;
    }

    /// The extranonce with these bytes.
    ///
    /// @throws IllegalArgumentException if there are more than [#SIZE_MAX]
    public static Extranonce of(byte[] bytes) {
        checkSize(bytes.length);
        return new Extranonce(bytes.clone());
    }

    /// The number as an extranonce of `size` bytes, the least significant first, cut off or filled up with zeros.
    ///
    /// @throws IllegalArgumentException if `size` is not in 0 … [#SIZE_MAX]
    public static Extranonce ofNumber(long number, int size) {
        checkSize(size);
        byte[] bytes = new byte[size];
        for (int i = 0; i < Math.min(size, Long.BYTES); i++) {
            bytes[i] = (byte) (number >>> (Byte.SIZE * i));
        }
        return new Extranonce(bytes);
    }

    /// How many bytes.
    public int size() {
        return bytes.length;
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Extranonce extranonce && Arrays.equals(bytes, extranonce.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The bytes in hexadecimal.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }

    static void checkSize(int size) {
        if (size < 0 || size > SIZE_MAX) {
            throw new IllegalArgumentException("an extranonce has 0 to " + SIZE_MAX + " bytes, not " + size);
        }
    }
}
