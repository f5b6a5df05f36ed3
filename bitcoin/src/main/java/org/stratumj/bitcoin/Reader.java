package org.stratumj.bitcoin;

import java.util.Arrays;

/// Takes Bitcoin's little-endian fields from a byte array. Counts and lengths are checked against the bytes that
/// are left before anything is allocated for them.
final class Reader {
    private final String what;
    private final byte[] bytes;
    private int position;

    Reader(String what, byte[] bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    /// The byte at `ahead` places from here, without taking it; -1 beyond the end.
    int peek(int ahead) {
        return ahead < remaining() ? bytes[position + ahead] & 0xff : -1;
    }

    int u8() {
        need(1);
        return bytes[position++] & 0xff;
    }

    long u32() {
        return little(4);
    }

    long i64() {
        return little(8);
    }

    byte[] take(int length) {
        need(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    Hash256 hash() {
        return Hash256.owning(take(Hash256.SIZE));
    }

    /// A length followed by that many bytes.
    byte[] bytes() {
        return take(count(1));
    }

    Script script() {
        return Script.owning(bytes());
    }

    /// A count of things that take at least `sizeMin` bytes each.
    int count(int sizeMin) {
        long count = compactSize();
        if (count < 0 || count > remaining() / sizeMin) {
            throw new BitcoinFormatException("%s claims %s items at byte %d, more than its %d bytes can hold"
                    .formatted(what, Long.toUnsignedString(count), position, bytes.length));
        }
        return (int) count;
    }

    long compactSize() {
        int first = u8();
        int size = CompactSize.sizeOfFirstByte(first);
        long value = size == 1 ? first : little(size - 1);
        if (CompactSize.size(value) != size) {
            throw new BitcoinFormatException(
                    "%s has a number that is not in its shortest form before byte %d".formatted(what, position));
        }
        return value;
    }

    void expectEnd() {
        if (remaining() > 0) {
            throw new BitcoinFormatException("%s has %d bytes too many".formatted(what, remaining()));
        }
    }

    private long little(int size) {
        need(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[position++] & 0xffL) << (8 * i);
        }
        return value;
    }

    private void need(int count) {
        if (count > remaining()) {
            throw new BitcoinFormatException(
                    "%s ends at byte %d, %d bytes short".formatted(what, bytes.length, count - remaining()));
        }
    }
}
