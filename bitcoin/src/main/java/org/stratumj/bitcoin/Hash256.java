package org.stratumj.bitcoin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// A double SHA-256 digest: the id of a block or transaction, or a node of a merkle tree. 32 bytes, kept in
/// internal order (as the hash function gives them and as they stand in a header); [#toString] shows the reversed
/// order that block explorers and the node's RPC use.
///
/// Immutable. As a number, which proof of work compares, the bytes are little-endian.
public final class Hash256 {
    /// Bytes in a hash.
    public static final int SIZE = 32;

    /// 32 zero bytes: the previous hash of a genesis block, the coinbase's place in a witness tree.
    public static final Hash256 ZERO = new Hash256(new byte[SIZE]);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;

    private Hash256(byte[] owned) {
        bytes = owned;
    }

    /// The hash with these 32 bytes, in internal order. The array is copied.
    public static Hash256 of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a hash has " + SIZE + " bytes, not " + bytes.length);
        }
        return new Hash256(bytes.clone());
    }

    /// The hash in the 32 bytes from `offset`, in internal order.
    ///
    /// @throws IndexOutOfBoundsException if there are fewer
    public static Hash256 of(byte[] bytes, int offset) {
        Objects.checkFromIndexSize(offset, SIZE, bytes.length);
        return new Hash256(Arrays.copyOfRange(bytes, offset, offset + SIZE));
    }

    /// The hash written as 64 hexadecimal digits in display order (most significant byte first).
    ///
    /// @throws BitcoinFormatException if the text is anything else
    public static Hash256 fromDisplayHex(String hex) {
        if (hex.length() != 2 * SIZE) {
            throw new BitcoinFormatException("a hash has " + 2 * SIZE + " hexadecimal digits, not " + hex.length());
        }
        try {
            return new Hash256(reversed(HexFormat.of().parseHex(hex)));
        } catch (IllegalArgumentException e) {
            throw new BitcoinFormatException("not a hexadecimal hash: " + hex);
        }
    }

    /// A copy of the 32 bytes, in internal order.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Copies the 32 bytes, in internal order, to `into` at `offset`.
    public void copyTo(byte[] into, int offset) {
        System.arraycopy(bytes, 0, into, offset, SIZE);
    }

    /// The 64 bits of the little-endian number that begin at bit `64 * index`.
    long word(int index) {
        return (long) LONG.get(bytes, index * Long.BYTES);
    }

    /// Wraps an array that nobody else holds.
    static Hash256 owning(byte[] bytes) {
        return new Hash256(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash256 hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        // Digests are uniform, and block ids have their zeros at the other end.
        return (int) word(0);
    }

    /// The hash in display order, 64 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(reversed(bytes));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
