package org.stratumj.protocol.wire;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Writes the data types of the specification, one after the other, into a range of a byte array.
///
/// Values are those of checked records; one outside its type's range is an `IllegalArgumentException`, and writing
/// past the range an `IndexOutOfBoundsException`. Not for use by two threads at once. Spec: 03 §3.1.
public final class WireWriter {
    private final byte[] target;
    private final int end;
    private int position;

    /// A writer to `length` bytes of `target` from `offset` on.
    ///
    /// @throws IndexOutOfBoundsException if the range is not inside `target`
    public WireWriter(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        this.target = target;
        this.end = offset + length;
        this.position = offset;
    }

    /// How many bytes may still be written.
    public int remaining() {
        return end - position;
    }

    /// Writes a BOOL, the upper seven bits zero.
    public void bool(boolean value) {
        target[take(1)] = (byte) (value ? 1 : 0);
    }

    /// Writes a U8.
    public void u8(int value) {
        target[take(1)] = (byte) Range.u8(value, "U8");
    }

    /// Writes a U16.
    public void u16(int value) {
        LittleEndian.SHORT.set(target, take(2), (short) Range.u16(value, "U16"));
    }

    /// Writes a U24.
    public void u24(int value) {
        Range.u24(value, "U24");
        int at = take(3);
        target[at] = (byte) value;
        target[at + 1] = (byte) (value >>> 8);
        target[at + 2] = (byte) (value >>> 16);
    }

    /// Writes a U32.
    public void u32(long value) {
        LittleEndian.INT.set(target, take(4), (int) Range.u32(value, "U32"));
    }

    /// Writes a U64, read as unsigned.
    public void u64(long value) {
        LittleEndian.LONG.set(target, take(8), value);
    }

    /// Writes an F32.
    public void f32(float value) {
        LittleEndian.INT.set(target, take(4), Float.floatToRawIntBits(Range.f32(value, "F32")));
    }

    /// Writes a U256.
    public void u256(U256 value) {
        value.writeTo(target, take(U256.SIZE));
    }

    /// Writes a STR0_255.
    public void str0255(Str0255 value) {
        b0255(value.bytes());
    }

    /// Writes a B0_32.
    public void b032(Bytes value) {
        u8(Range.b032(value, "B0_32").size());
        bytes(value);
    }

    /// Writes a B0_255.
    public void b0255(Bytes value) {
        u8(value.size());
        bytes(value);
    }

    /// Writes a B0_64K.
    public void b064k(Bytes value) {
        u16(value.size());
        bytes(value);
    }

    /// Writes a B0_16M.
    public void b016m(Bytes value) {
        u24(value.size());
        bytes(value);
    }

    /// Writes bytes without a prefix.
    public void bytes(Bytes value) {
        value.writeTo(target, take(value.size()));
    }

    /// Writes an `OPTION[T]` of an integer of up to 24 bits.
    public void optionInt(OptionalInt value, Element<Integer> element) {
        bool(value.isPresent());
        if (value.isPresent()) {
            element.write(this, value.getAsInt());
        }
    }

    /// Writes an `OPTION[T]` of a larger integer.
    public void optionLong(OptionalLong value, Element<Long> element) {
        bool(value.isPresent());
        if (value.isPresent()) {
            element.write(this, value.getAsLong());
        }
    }

    /// Writes a `SEQ0_255[T]`.
    public <T> void seq0255(List<T> values, Element<T> element) {
        u8(values.size());
        elements(values, element);
    }

    /// Writes a `SEQ0_64K[T]`.
    public <T> void seq064k(List<T> values, Element<T> element) {
        u16(values.size());
        elements(values, element);
    }

    /// Writes one element of a sequence; the methods of [WireWriter] are such.
    ///
    /// @param <T> the element's Java type
    @FunctionalInterface
    public interface Element<T> {
        /// Writes `value` as the next element.
        void write(WireWriter writer, T value);
    }

    /// The bytes written, taken over without a copy; only for a writer that owns its whole array.
    Bytes finished() {
        if (remaining() != 0) {
            throw new IllegalStateException(remaining() + " of " + target.length + " bytes were not written");
        }
        return Bytes.wrap(target);
    }

    private <T> void elements(List<T> values, Element<T> element) {
        for (T value : values) {
            element.write(this, value);
        }
    }

    private int take(int size) {
        if (size > remaining()) {
            throw new IndexOutOfBoundsException(size + " bytes to write, room for " + remaining());
        }
        int taken = position;
        position += size;
        return taken;
    }
}
