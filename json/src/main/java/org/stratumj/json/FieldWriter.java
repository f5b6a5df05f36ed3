package org.stratumj.json;

import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.stratumj.protocol.layout.FieldType;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// From JSON values to wire types. What it holds is never more than half of the JSON it was given.
final class FieldWriter {
    static final String HEX = "hex";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    int size() {
        return out.size();
    }

    Bytes bytes() {
        return Bytes.of(out.toByteArray());
    }

    void fields(Layout layout, JsonCursor object) {
        object.refuseOthersThan(
                layout.fields().stream().map(Layout.Field::specName).collect(Collectors.toSet()));
        layout.fields().forEach(field -> write(field.type(), object.member(field.specName())));
    }

    void raw(byte[] bytes) {
        out.writeBytes(bytes);
    }

    void little(long value, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    void write(FieldType type, JsonCursor value) {
        switch (type) {
            case Scalar scalar -> scalar(scalar, value);
            case FieldType.Option(var element) -> option(element, value);
            case FieldType.Sequence(var count, var element) -> {
                int size = value.arraySize(count.max());
                little(size, count.size());
                for (int i = 0; i < size; i++) {
                    scalar(element, value.element(i));
                }
            }
        }
    }

    private void option(Scalar element, JsonCursor value) {
        if (value.node().isNull()) {
            out.write(0);
        } else {
            out.write(1);
            scalar(element, value);
        }
    }

    private void scalar(Scalar scalar, JsonCursor value) {
        switch (scalar) {
            case BOOL -> out.write(value.bool() ? 1 : 0);
            case U8, U16, U24, U32 -> little(value.integer((1L << (8 * scalar.sizeMin())) - 1), scalar.sizeMin());
            case U64 -> little(value.unsignedLong(), scalar.sizeMin());
            case F32 -> little(value.floatBits(), scalar.sizeMin());
            case U256 -> out.writeBytes(value.hex(U256.SIZE, U256.SIZE));
            case STR0_255 -> content(scalar, text(scalar, value), value);
            case B0_32, B0_255, B0_64K, B0_16M -> content(scalar, value.hex(0, scalar.contentBytesMax()), value);
        }
    }

    private void content(Scalar scalar, byte[] content, JsonCursor value) {
        if (content.length > scalar.contentBytesMax()) {
            throw value.failure(content.length + " bytes, at most " + scalar.contentBytesMax());
        }
        little(content.length, scalar.sizeMin());
        out.writeBytes(content);
    }

    private static byte[] text(Scalar scalar, JsonCursor value) {
        if (value.node().isObject()) {
            value.refuseOthersThan(Set.of(HEX));
            return value.member(HEX).hex(0, scalar.contentBytesMax());
        }
        try {
            // An encoder of its own reports half a surrogate pair; String would write a question mark.
            var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value.string()));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw value.failure("half a surrogate pair, which is no text");
        }
    }
}
