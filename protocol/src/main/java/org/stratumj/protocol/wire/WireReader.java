package org.stratumj.protocol.wire;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.stratumj.protocol.wire.DecodeException.Reason;

/// Reads the data types of the specification, one after the other, from a range of a byte array.
///
/// It cannot read past the range, and checks a length or count against what is left before it allocates. Each method
/// takes the field's name for the [DecodeException] it throws if the bytes are wrong. Not for use by two threads at
/// once.
/// Spec: 03 §3.1.
public final class WireReader {
    private String message;
    private byte[] source;
    private int start;
    private int end;
    private int position;

    /// A reader of `length` bytes of `source` from `offset` on. The bytes are not copied and must not change meanwhile.
    ///
    /// @param message the name of what is read, for errors
    /// @throws IndexOutOfBoundsException if the range is not inside `source`
    public WireReader(String message, byte[] source, int offset, int length) {
        moveTo(message, source, offset, length);
    }

    /// Begins anew with `length` bytes of `source` from `offset` on, so that one reader serves many messages.
    ///
    /// @param message the name of what is read, for errors
    /// @throws IndexOutOfBoundsException if the range is not inside `source`
    public void moveTo(String message, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        this.message = message;
        this.source = source;
        this.start = offset;
        this.end = offset + length;
        this.position = offset;
    }

    /// How many bytes are left.
    public int remaining() {
        return end - position;
    }

    /// A copy of the bytes that are left; they are not read.
    public Bytes rest() {
        return Bytes.of(source, position, remaining());
    }

    /// The byte so many after the next one, which is not read.
    ///
    /// @return 0..255
    /// @throws IndexOutOfBoundsException if no byte is left there
    public int peek(int ahead) {
        return source[position + Objects.checkIndex(ahead, remaining())] & 0xff;
    }

    /// How many bytes have been read.
    public int offset() {
        return position - start;
    }

    /// Reads a BOOL: bit 0 is the value, the other bits may be anything.
    public boolean bool(String field) {
        return (source[take(1, field)] & 1) != 0;
    }

    /// Reads a U8.
    public int u8(String field) {
        return source[take(1, field)] & 0xff;
    }

    /// Reads a U16.
    public int u16(String field) {
        return (short) LittleEndian.SHORT.get(source, take(2, field)) & 0xffff;
    }

    /// Reads a U24.
    public int u24(String field) {
        int at = take(3, field);
        return (source[at] & 0xff) | (source[at + 1] & 0xff) << 8 | (source[at + 2] & 0xff) << 16;
    }

    /// Reads a U32, 0..2^32−1.
    public long u32(String field) {
        return (int) LittleEndian.INT.get(source, take(4, field)) & 0xffff_ffffL;
    }

    /// Reads a U64, to be read as unsigned.
    public long u64(String field) {
        return (long) LittleEndian.LONG.get(source, take(8, field));
    }

    /// Reads an F32: IEEE 754, finite and not negative.
    public float f32(String field) {
        float value = Float.intBitsToFloat((int) LittleEndian.INT.get(source, take(4, field)));
        if (!Range.isF32(value)) {
            throw failure(Reason.FLOAT_OUT_OF_RANGE, field, 4, value + " is not a finite number ≥ 0");
        }
        return value;
    }

    /// Reads a U256.
    public U256 u256(String field) {
        return U256.of(source, take(U256.SIZE, field));
    }

    /// Reads a STR0_255.
    public Str0255 str0255(String field) {
        return new Str0255(bytes(u8(field), field));
    }

    /// Reads a B0_32.
    public Bytes b032(String field) {
        int length = u8(field);
        if (length > Range.B032_BYTES_MAX) {
            throw failure(Reason.LENGTH_ABOVE_MAX, field, 1, length + " bytes, at most " + Range.B032_BYTES_MAX);
        }
        return bytes(length, field);
    }

    /// Reads a B0_255.
    public Bytes b0255(String field) {
        return bytes(u8(field), field);
    }

    /// Reads a B0_64K.
    public Bytes b064k(String field) {
        return bytes(u16(field), field);
    }

    /// Reads a B0_16M.
    public Bytes b016m(String field) {
        return bytes(u24(field), field);
    }

    /// Reads the `length` bytes that come next, without a prefix.
    ///
    /// @param length 0 or more
    public Bytes bytes(int length, String field) {
        return Bytes.of(source, take(length, field), length);
    }

    /// Reads all bytes that are left, to be parsed as TLV fields by whoever negotiated some.
    public Tlvs tlvs(String field) {
        return remaining() == 0 ? Tlvs.NONE : new Tlvs(bytes(remaining(), field));
    }

    /// Reads an `OPTION[T]` of an integer of up to 24 bits.
    public OptionalInt optionInt(String field, Element<Integer> element) {
        return optionPresent(field) ? OptionalInt.of(element.read(this, field)) : OptionalInt.empty();
    }

    /// Reads an `OPTION[T]` of a larger integer.
    public OptionalLong optionLong(String field, Element<Long> element) {
        return optionPresent(field) ? OptionalLong.of(element.read(this, field)) : OptionalLong.empty();
    }

    /// Reads a `SEQ0_255[T]`.
    ///
    /// @param elementSizeMin the smallest size of one element in bytes
    /// @return an immutable list
    public <T> List<T> seq0255(String field, int elementSizeMin, Element<T> element) {
        return sequence(u8(field), 1, field, elementSizeMin, element);
    }

    /// Reads a `SEQ0_64K[T]`.
    ///
    /// @param elementSizeMin the smallest size of one element in bytes
    /// @return an immutable list
    public <T> List<T> seq064k(String field, int elementSizeMin, Element<T> element) {
        return sequence(u16(field), 2, field, elementSizeMin, element);
    }

    /// Reads one element of a sequence; the methods of [WireReader] are such.
    ///
    /// @param <T> the element's Java type
    @FunctionalInterface
    public interface Element<T> {
        /// Reads the next element of `field`.
        T read(WireReader reader, String field);
    }

    private boolean optionPresent(String field) {
        int count = u8(field);
        if (count > 1) {
            throw failure(Reason.OPTION_COUNT_ABOVE_ONE, field, 1, "an option of " + count + " values");
        }
        return count == 1;
    }

    // The count is the peer's word: without the check 2 bytes could make us allocate 65535 references.
    @SuppressWarnings("unchecked") // List.of copies the elements; the array never leaves this method
    private <T> List<T> sequence(int count, int prefix, String field, int elementSizeMin, Element<T> element) {
        if ((long) count * elementSizeMin > remaining()) {
            throw failure(Reason.TRUNCATED, field, prefix, count + " elements in " + remaining() + " bytes");
        }
        var elements = (T[]) new Object[count];
        for (int i = 0; i < count; i++) {
            elements[i] = element.read(this, field);
        }
        return List.of(elements);
    }

    private int take(int size, String field) {
        if (size > remaining()) {
            throw failure(Reason.TRUNCATED, field, 0, size + " bytes needed, " + remaining() + " left");
        }
        int taken = position;
        position += size;
        return taken;
    }

    private DecodeException failure(Reason reason, String field, int bytesTaken, String detail) {
        return new DecodeException(reason, message, field, offset() - bytesTaken, detail);
    }
}
