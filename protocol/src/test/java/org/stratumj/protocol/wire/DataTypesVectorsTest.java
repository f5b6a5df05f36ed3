package org.stratumj.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.Vectors;
import org.stratumj.protocol.Vectors.Entry;
import org.stratumj.protocol.layout.FieldType;
import org.stratumj.protocol.layout.FieldType.Count;
import org.stratumj.protocol.layout.FieldType.Scalar;

/// Each data type in bytes: its value, or why it is refused.
class DataTypesVectorsTest {
    static Stream<Entry> values() {
        return Vectors.entries("data-types.json", "cases", "value");
    }

    static Stream<Entry> refused() {
        return Vectors.entries("data-types.json", "cases", "refused");
    }

    @ParameterizedTest
    @MethodSource("values")
    @Tag("TYP-001")
    @Tag("TYP-002")
    @Tag("TYP-003")
    @Tag("TYP-004")
    @Tag("TYP-005")
    @Tag("TYP-006")
    @Tag("TYP-008")
    @Tag("TYP-009")
    @Tag("TYP-010")
    @Tag("TYP-013")
    @Tag("TYP-014")
    @Tag("TYP-015")
    void areReadAndWritten(Entry entry) {
        var type = Vectors.type(entry.text("type"));
        var reader = entry.bytes("hex").reader("Vector");
        var value = read(reader, type);
        assertThat(reader.remaining()).isZero();
        assertThat(Vectors.plain(value)).isEqualTo(Vectors.plain(entry.content().get("value"), type));
        var written = entry.bytes(entry.content().has("written") ? "written" : "hex");
        assertThat(Bytes.written(written.size(), writer -> write(writer, type, value)))
                .isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("refused")
    @Tag("TYP-004")
    @Tag("TYP-005")
    @Tag("TYP-006")
    @Tag("TYP-007")
    @Tag("TYP-008")
    @Tag("TYP-009")
    @Tag("TYP-010")
    @Tag("TYP-013")
    @Tag("TYP-014")
    @Tag("TYP-015")
    void areRefused(Entry entry) {
        var reader = entry.bytes("hex").reader("Vector");
        assertThatThrownBy(() -> read(reader, Vectors.type(entry.text("type"))))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.reason()).isEqualTo(entry.refused()));
    }

    private static Object read(WireReader reader, FieldType type) {
        return switch (type) {
            case Scalar scalar -> scalar(reader, scalar);
            case FieldType.Option(var element) -> reader.optionLong("f", (in, _) -> (Long) scalar(in, element));
            case FieldType.Sequence(var count, var element) ->
                count == Count.SEQ0_255
                        ? reader.seq0255("f", element.sizeMin(), (in, _) -> scalar(in, element))
                        : reader.seq064k("f", element.sizeMin(), (in, _) -> scalar(in, element));
        };
    }

    private static Object scalar(WireReader reader, Scalar type) {
        return switch (type) {
            case BOOL -> reader.bool("f");
            case U8 -> reader.u8("f");
            case U16 -> reader.u16("f");
            case U24 -> reader.u24("f");
            case U32 -> reader.u32("f");
            case U64 -> reader.u64("f");
            case F32 -> reader.f32("f");
            case U256 -> reader.u256("f");
            case STR0_255 -> reader.str0255("f");
            case B0_32 -> reader.b032("f");
            case B0_255 -> reader.b0255("f");
            case B0_64K -> reader.b064k("f");
            case B0_16M -> reader.b016m("f");
        };
    }

    private static void write(WireWriter writer, FieldType type, Object value) {
        switch (type) {
            case Scalar scalar -> scalar(writer, scalar, value);
            case FieldType.Option(var element) ->
                writer.optionLong((OptionalLong) value, (out, each) -> scalar(out, element, each));
            case FieldType.Sequence(var count, var element) -> {
                if (count == Count.SEQ0_255) {
                    writer.seq0255((List<?>) value, (out, each) -> scalar(out, element, each));
                } else {
                    writer.seq064k((List<?>) value, (out, each) -> scalar(out, element, each));
                }
            }
        }
    }

    private static void scalar(WireWriter writer, Scalar type, Object value) {
        switch (type) {
            case BOOL -> writer.bool((Boolean) value);
            case U8 -> writer.u8((Integer) value);
            case U16 -> writer.u16((Integer) value);
            case U24 -> writer.u24((Integer) value);
            case U32 -> writer.u32((Long) value);
            case U64 -> writer.u64((Long) value);
            case F32 -> writer.f32((Float) value);
            case U256 -> writer.u256((U256) value);
            case STR0_255 -> writer.str0255((Str0255) value);
            case B0_32 -> writer.b032((Bytes) value);
            case B0_255 -> writer.b0255((Bytes) value);
            case B0_64K -> writer.b064k((Bytes) value);
            case B0_16M -> writer.b016m((Bytes) value);
        }
    }
}
