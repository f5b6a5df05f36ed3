package org.stratumj.bitcoin;

/// Puts Bitcoin's little-endian fields into an array of the exact size.
final class Writer {
    private final byte[] bytes;
    private int position;

    Writer(int size) {
        bytes = new byte[size];
    }

    Writer u8(int value) {
        bytes[position++] = (byte) value;
        return this;
    }

    Writer u32(long value) {
        return little(value, 4);
    }

    Writer i64(long value) {
        return little(value, 8);
    }

    Writer compactSize(long value) {
        position = CompactSize.write(value, bytes, position);
        return this;
    }

    Writer raw(byte[] value) {
        System.arraycopy(value, 0, bytes, position, value.length);
        position += value.length;
        return this;
    }

    Writer hash(Hash256 hash) {
        hash.copyTo(bytes, position);
        position += Hash256.SIZE;
        return this;
    }

    /// A length followed by the bytes.
    Writer bytes(byte[] value) {
        return compactSize(value.length).raw(value);
    }

    /// The array, which is full now.
    byte[] bytes() {
        if (position != bytes.length) {
            throw new IllegalStateException("wrote " + position + " of " + bytes.length + " bytes");
        }
        return bytes;
    }

    private Writer little(long value, int size) {
        for (int i = 0; i < size; i++) {
            bytes[position++] = (byte) (value >>> (8 * i));
        }
        return this;
    }
}
