package org.stratumj.protocol.layout;

import java.io.ByteArrayOutputStream;
import java.util.random.RandomGenerator;
import org.stratumj.protocol.layout.FieldType.Scalar;

/// Valid payloads made from a layout alone, without its codec: material for tests that hold a codec, a view or another
/// program to the layout. Every float is a finite number and every BOOL is 0 or 1; text is any bytes.
public final class RandomPayload {
    /// How long the variable parts of a payload are.
    public enum Length {
        /// Empty.
        SHORTEST,
        /// As long as their type allows, up to 70,000 bytes and 20 large elements each.
        LONGEST,
        /// Mostly short, now and then up to the longest.
        RANDOM
    }

    /// No message is tested with more content in one variable part.
    private static final int CONTENT_BYTES_MAX = 70_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final RandomGenerator random;
    private final Length length;

    private RandomPayload(RandomGenerator random, Length length) {
        this.random = random;
        this.length = length;
    }

    /// A payload of this message, without TLV fields.
    ///
    /// @param random where all choices come from; one seed makes the same payload again
    public static byte[] of(Layout layout, Length length, RandomGenerator random) {
        var payload = new RandomPayload(random, length);
        layout.fields().forEach(field -> payload.write(field.type()));
        return payload.out.toByteArray();
    }

    private void write(FieldType type) {
        switch (type) {
            case Scalar scalar -> scalar(scalar);
            case FieldType.Option(var element) -> {
                int count = pick(1);
                out.write(count);
                elements(count, element);
            }
            case FieldType.Sequence(var counter, var element) -> {
                int most = element.contentBytesMax() > 0xff ? 20 : counter.max();
                int count = pick(length == Length.RANDOM ? Math.min(most, 40) : most);
                little(count, counter.size());
                elements(count, element);
            }
        }
    }

    private void elements(int count, Scalar element) {
        for (int i = 0; i < count; i++) {
            scalar(element);
        }
    }

    private void scalar(Scalar scalar) {
        switch (scalar) {
            case BOOL -> out.write(random.nextInt(2));
            case F32 -> little(Float.floatToRawIntBits(random.nextFloat() * 1e15f), 4);
            case STR0_255, B0_32, B0_255, B0_64K, B0_16M -> content(scalar);
            case U8, U16, U24, U32, U64, U256 -> bytes(scalar.sizeMin());
        }
    }

    private void content(Scalar scalar) {
        int size = pick(Math.min(scalar.contentBytesMax(), CONTENT_BYTES_MAX));
        little(size, scalar.sizeMin());
        bytes(size);
    }

    private int pick(int max) {
        return switch (length) {
            case SHORTEST -> 0;
            case LONGEST -> max;
            case RANDOM -> random.nextInt(random.nextInt(8) == 0 ? max + 1 : Math.min(max, 40) + 1);
        };
    }

    private void little(int value, int size) {
        for (int i = 0; i < size; i++) {
            out.write(value >>> (8 * i));
        }
    }

    private void bytes(int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        out.writeBytes(bytes);
    }
}
