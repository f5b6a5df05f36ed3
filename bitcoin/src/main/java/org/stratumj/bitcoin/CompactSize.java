package org.stratumj.bitcoin;

import java.util.Objects;

/// Bitcoin's variable-length unsigned number: one byte up to 252, else a marker byte (253, 254, 255) and 2, 4
/// or 8 bytes, little-endian. Only the shortest form is valid.
public final class CompactSize {
    private CompactSize() {}

    /// Bytes that `value` (unsigned) takes: 1, 3, 5 or 9.
    public static int size(long value) {
        if (value >= 0 && value < 253) {
            return 1;
        }
        if (value >= 0 && value <= 0xffff) {
            return 3;
        }
        return value >= 0 && value <= Numbers.U32_MAX ? 5 : 9;
    }

    /// `value` (unsigned) as bytes.
    public static byte[] encode(long value) {
        byte[] bytes = new byte[size(value)];
        write(value, bytes, 0);
        return bytes;
    }

    /// Writes `value` (unsigned) to `into` at `offset`; the result is the offset after it.
    public static int write(long value, byte[] into, int offset) {
        int size = size(value);
        if (size == 1) {
            into[offset] = (byte) value;
            return offset + 1;
        }
        into[offset] = (byte) (size == 3 ? 253 : size == 5 ? 254 : 255);
        for (int i = 1; i < size; i++) {
            into[offset + i] = (byte) (value >>> (8 * (i - 1)));
        }
        return offset + size;
    }

    /// The number (unsigned) that starts at `offset`; [#size(long)] of it tells where the next field begins.
    ///
    /// @throws BitcoinFormatException if the bytes end early or the form is not the shortest
    public static long decode(byte[] bytes, int offset) {
        Reader in = new Reader("CompactSize", bytes);
        in.take(Objects.checkIndex(offset, bytes.length + 1));
        return in.compactSize();
    }

    static int sizeOfFirstByte(int first) {
        return switch (first) {
            case 253 -> 3;
            case 254 -> 5;
            case 255 -> 9;
            default -> 1;
        };
    }
}
