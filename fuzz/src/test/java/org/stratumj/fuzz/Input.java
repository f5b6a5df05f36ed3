package org.stratumj.fuzz;

import java.util.Arrays;

/// The bytes of one fuzz input, taken from first to last as the values that a target needs. Past the end all are zero,
/// so that every input means something.
final class Input {
    private final byte[] bytes;
    private int position;

    Input(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isEmpty() {
        return position == bytes.length;
    }

    boolean flag() {
        return (u8() & 1) != 0;
    }

    int u8() {
        return isEmpty() ? 0 : bytes[position++] & 0xff;
    }

    int u16() {
        return u8() | u8() << 8;
    }

    long u32() {
        return u16() | (long) u16() << 16;
    }

    /// A number from 0 to `bound` - 1.
    int below(int bound) {
        return (int) (u32() % bound);
    }

    /// The next `length` bytes, or fewer if there are fewer.
    byte[] take(int length) {
        int end = Math.min(bytes.length, position + length);
        byte[] taken = Arrays.copyOfRange(bytes, position, end);
        position = end;
        return taken;
    }

    /// The next `length` bytes, zeros where there are none.
    byte[] exactly(int length) {
        return Arrays.copyOf(take(length), length);
    }

    /// All bytes that are left.
    byte[] rest() {
        return take(bytes.length - position);
    }
}
