package org.stratumj.bitcoin;

import java.util.Arrays;

/// A transaction as its bytes, witnesses included. A miner passes thousands of them on for each one it looks
/// into, so they are kept unread. Immutable, compared by value.
public final class RawTransaction {
    private final byte[] bytes;

    private RawTransaction(byte[] owned) {
        bytes = owned;
    }

    /// The transaction with a copy of these bytes, which are not looked into.
    public static RawTransaction of(byte[] bytes) {
        return new RawTransaction(bytes.clone());
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Number of bytes.
    public int size() {
        return bytes.length;
    }

    /// The transaction that the bytes are.
    ///
    /// @throws BitcoinFormatException if they are not exactly one
    public Transaction parse() {
        return Transaction.parse(bytes);
    }

    byte[] view() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawTransaction raw && Arrays.equals(bytes, raw.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "RawTransaction[" + bytes.length + " bytes]";
    }
}
