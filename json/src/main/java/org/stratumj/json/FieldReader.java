package org.stratumj.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.stratumj.protocol.layout.FieldType;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.DecodeException.Reason;
import org.stratumj.protocol.wire.WireReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// From wire types to JSON values. Unlike the messages' codecs it takes any F32, for a view has to show it.
final class FieldReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int NEGATIVE_ZERO = 0x8000_0000;

    private FieldReader() {}

    static JsonNode read(Layout.Field field, String message, WireReader in) {
        String name = field.specName();
        return switch (field.type()) {
            case Scalar scalar -> scalar(scalar, name, in);
            case FieldType.Option(var element) -> option(element, message, name, in);
            case FieldType.Sequence(var count, var element) -> sequence(count, element, name, in);
        };
    }

    private static JsonNode option(Scalar element, String message, String name, WireReader in) {
        int offset = in.offset();
        int count = in.u8(name);
        if (count > 1) {
            var detail = "an option of " + count + " values";
            throw new DecodeException(Reason.OPTION_COUNT_ABOVE_ONE, message, name, offset, detail);
        }
        return count == 0 ? JSON.nullNode() : scalar(element, name, in);
    }

    private static JsonNode sequence(FieldType.Count count, Scalar element, String name, WireReader in) {
        WireReader.Element<JsonNode> read = (reader, field) -> scalar(element, field, reader);
        var values = switch (count) {
            case SEQ0_255 -> in.seq0255(name, element.sizeMin(), read);
            case SEQ0_64K -> in.seq064k(name, element.sizeMin(), read);
        };
        return JSON.arrayNode(values.size()).addAll(values);
    }

    private static JsonNode scalar(Scalar scalar, String name, WireReader in) {
        return switch (scalar) {
            case BOOL -> JSON.booleanNode(in.bool(name));
            case U8 -> JSON.numberNode(in.u8(name));
            case U16 -> JSON.numberNode(in.u16(name));
            case U24 -> JSON.numberNode(in.u24(name));
            case U32 -> JSON.numberNode(in.u32(name));
            case U64 -> JSON.stringNode(Long.toUnsignedString(in.u64(name)));
            case F32 -> number((int) in.u32(name));
            case U256 -> JSON.stringNode(in.u256(name).toString());
            case STR0_255 -> text(in.str0255(name).bytes());
            case B0_32 -> JSON.stringNode(in.b032(name).toHex());
            case B0_255 -> JSON.stringNode(in.b0255(name).toHex());
            case B0_64K -> JSON.stringNode(in.b064k(name).toHex());
            case B0_16M -> JSON.stringNode(in.b016m(name).toHex());
        };
    }

    private static JsonNode number(int bits) {
        float value = Float.intBitsToFloat(bits);
        return Float.isFinite(value) && bits != NEGATIVE_ZERO
                ? JSON.numberNode(value)
                : JSON.stringNode("0x%08x".formatted(bits));
    }

    private static JsonNode text(Bytes bytes) {
        try {
            // A decoder of its own reports bytes that are not UTF-8; String would replace them.
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return JSON.stringNode(
                    decoder.decode(ByteBuffer.wrap(bytes.bytes())).toString());
        } catch (CharacterCodingException e) {
            return JSON.objectNode().put(FieldWriter.HEX, bytes.toHex());
        }
    }
}
