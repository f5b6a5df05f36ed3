package org.stratumj.protocol.wire;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The ranges of the data types, for the compact constructors of message records: a record that exists is valid.
///
/// Each method returns its value if the type can hold it and throws `IllegalArgumentException`, with the field's name,
/// the value and the bound, if not. Spec: 03 §3.1.
public final class Range {
    /// The largest U8.
    public static final int U8_MAX = 0xff;

    /// The largest extension type: 15 bits, the sixteenth is the channel bit.
    public static final int U15_MAX = 0x7fff;

    /// The largest U16.
    public static final int U16_MAX = 0xffff;

    /// The largest U24.
    public static final int U24_MAX = 0xff_ffff;

    /// The largest U32.
    public static final long U32_MAX = 0xffff_ffffL;

    /// The largest B0_32 in bytes.
    public static final int B032_BYTES_MAX = 32;

    private Range() {}

    /// Checks a U8.
    public static int u8(int value, String name) {
        return (int) upTo(U8_MAX, value, name);
    }

    /// Checks an extension type.
    public static int u15(int value, String name) {
        return (int) upTo(U15_MAX, value, name);
    }

    /// Checks a U16.
    public static int u16(int value, String name) {
        return (int) upTo(U16_MAX, value, name);
    }

    /// Checks a U24.
    public static int u24(int value, String name) {
        return (int) upTo(U24_MAX, value, name);
    }

    /// Checks a U32.
    public static long u32(long value, String name) {
        return upTo(U32_MAX, value, name);
    }

    /// Checks an `OPTION[U8]`.
    public static OptionalInt u8(OptionalInt value, String name) {
        if (value.isPresent()) {
            var _ = u8(value.getAsInt(), name);
        }
        return value;
    }

    /// Checks an `OPTION[U16]`.
    public static OptionalInt u16(OptionalInt value, String name) {
        if (value.isPresent()) {
            var _ = u16(value.getAsInt(), name);
        }
        return value;
    }

    /// Checks an `OPTION[U24]`.
    public static OptionalInt u24(OptionalInt value, String name) {
        if (value.isPresent()) {
            var _ = u24(value.getAsInt(), name);
        }
        return value;
    }

    /// Checks an `OPTION[U32]`.
    public static OptionalLong u32(OptionalLong value, String name) {
        if (value.isPresent()) {
            var _ = u32(value.getAsLong(), name);
        }
        return value;
    }

    /// Checks an F32: finite and not negative, as hash rates are.
    public static float f32(float value, String name) {
        if (!isF32(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", not a finite number ≥ 0");
        }
        return value;
    }

    /// Checks a B0_32.
    public static Bytes b032(Bytes value, String name) {
        upTo(B032_BYTES_MAX, value.size(), name, " size");
        return value;
    }

    /// Checks a B0_255.
    public static Bytes b0255(Bytes value, String name) {
        upTo(U8_MAX, value.size(), name, " size");
        return value;
    }

    /// Checks a B0_64K.
    public static Bytes b064k(Bytes value, String name) {
        upTo(U16_MAX, value.size(), name, " size");
        return value;
    }

    /// Checks a B0_16M.
    public static Bytes b016m(Bytes value, String name) {
        upTo(U24_MAX, value.size(), name, " size");
        return value;
    }

    /// Checks and copies a `SEQ0_255[T]`.
    ///
    /// @return an immutable list
    public static <T> List<T> seq0255(List<T> values, String name) {
        upTo(U8_MAX, values.size(), name, " count");
        return List.copyOf(values);
    }

    /// Checks and copies a `SEQ0_64K[T]`.
    ///
    /// @return an immutable list
    public static <T> List<T> seq064k(List<T> values, String name) {
        upTo(U16_MAX, values.size(), name, " count");
        return List.copyOf(values);
    }

    /// Checks and copies a `SEQ0_255[T]`, and checks each element by `element`, a method of this class.
    ///
    /// @return an immutable list
    public static <T> List<T> seq0255(List<T> values, Element<T> element, String name) {
        return checked(seq0255(values, name), element, name);
    }

    /// Checks and copies a `SEQ0_64K[T]`, and checks each element by `element`, a method of this class.
    ///
    /// @return an immutable list
    public static <T> List<T> seq064k(List<T> values, Element<T> element, String name) {
        return checked(seq064k(values, name), element, name);
    }

    /// Checks one element of a sequence.
    ///
    /// @param <T> the element's Java type
    @FunctionalInterface
    public interface Element<T> {
        /// Returns `value` if it is valid.
        ///
        /// @throws IllegalArgumentException if it is not
        T check(T value, String name);
    }

    static boolean isF32(float value) {
        return Float.isFinite(value) && value >= 0;
    }

    private static <T> List<T> checked(List<T> values, Element<T> element, String name) {
        for (T value : values) {
            var _ = element.check(value, name);
        }
        return values;
    }

    private static long upTo(long max, long value, String name) {
        return upTo(max, value, name, "");
    }

    // The name is put together only for the exception: this runs for every field of every message.
    private static long upTo(long max, long value, String name, String aspect) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + aspect + " is " + value + ", not in 0.." + max);
        }
        return value;
    }
}
