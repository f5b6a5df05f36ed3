package org.stratumj.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.protocol.wire.DecodeException.Reason;

class WireReaderTest {
    @Test
    @Tag("TYP-001")
    @Tag("TYP-004")
    void readsNumbersLittleEndianAndUnsigned() {
        var reader = reader("ff" + "feff" + "030201" + "ffffff" + "fcffffff" + "ffffffffffffffff");
        assertThat(reader.u8("f")).isEqualTo(255);
        assertThat(reader.u16("f")).isEqualTo(65534);
        assertThat(reader.u24("f")).isEqualTo(0x010203);
        assertThat(reader.u24("f")).isEqualTo(0xffffff);
        assertThat(reader.u32("f")).isEqualTo(0xfffffffcL);
        assertThat(reader.u64("f")).isEqualTo(-1L);
        assertThat(reader.remaining()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"00, false", "01, true", "02, false", "fe, false", "03, true", "ff, true"})
    @Tag("TYP-002")
    @Tag("TYP-003")
    void looksAtTheLowestBitOfABool(String hex, boolean value) {
        assertThat(reader(hex).bool("f")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"0000c07f", "0000807f", "000080ff", "000080bf", "010000ff"})
    void refusesFloatsThatAreNoHashRate(String hex) {
        assertFails(Reason.FLOAT_OUT_OF_RANGE, 0, () -> reader(hex).f32("f"));
    }

    @Test
    void readsFloats() {
        assertThat(reader("0000c03f").f32("f")).isEqualTo(1.5f);
        assertThat(reader("00000080").f32("f")).isZero();
        assertThat(reader("ffff7f7f").f32("f")).isEqualTo(Float.MAX_VALUE);
    }

    @Test
    @Tag("TYP-007")
    void takesThirtyTwoBytesInAShortByteStringAndNoMore() {
        assertThat(reader("20" + "ab".repeat(32)).b032("f").size()).isEqualTo(32);
        assertFails(
                Reason.LENGTH_ABOVE_MAX, 0, () -> reader("21" + "ab".repeat(33)).b032("f"));
    }

    @Test
    @Tag("TYP-006")
    @Tag("TYP-008")
    @Tag("TYP-009")
    @Tag("TYP-010")
    void takesTheLongestContentOfEachByteString() {
        assertThat(reader("ff" + "ab".repeat(255)).str0255("f").size()).isEqualTo(255);
        assertThat(reader("ff" + "ab".repeat(255)).b0255("f").size()).isEqualTo(255);
        assertThat(reader("ffff" + "ab".repeat(65535)).b064k("f").size()).isEqualTo(65535);
        assertThat(reader("ffffff" + "ab".repeat(16_777_215)).b016m("f").size()).isEqualTo(16_777_215);
    }

    @Test
    void looksAheadWithoutReading() {
        var reader = reader("0102ff");
        reader.u8("f");
        assertThat(reader.peek(0)).isEqualTo(2);
        assertThat(reader.peek(1)).isEqualTo(255);
        assertThat(reader.offset()).isEqualTo(1);
        assertThatThrownBy(() -> reader.peek(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    @Tag("TYP-011")
    void takesAsManyBytesAsItIsToldWithoutAPrefix() {
        var reader = reader("03aabbcc");
        assertThat(reader.bytes(3, "f")).isEqualTo(Bytes.ofHex("03aabb"));
        assertThat(reader.remaining()).isEqualTo(1);
        assertFails(Reason.TRUNCATED, 3, () -> reader.bytes(2, "f"));
        var target = new byte[2];
        new WireWriter(target, 0, 2).bytes(Bytes.ofHex("03aa"));
        assertThat(target).containsExactly(3, 0xaa);
    }

    @Test
    void saysWhereContentIsMissing() {
        var reader = reader("0102" + "05ab");
        assertThat(reader.u16("first")).isEqualTo(0x0201);
        assertThatThrownBy(() -> reader.b0255("second"))
                .isInstanceOfSatisfying(DecodeException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.TRUNCATED);
                    assertThat(e.field()).isEqualTo("second");
                    assertThat(e.messageName()).isEqualTo("Test");
                    assertThat(e.offset()).isEqualTo(3);
                })
                .hasMessage("Test.second at byte 3: 5 bytes needed, 1 left");
    }

    @Test
    @Tag("TYP-013")
    void takesNoneOrOneInAnOption() {
        assertThat(reader("00").optionLong("f", WireReader::u32)).isEmpty();
        assertThat(reader("0104000000").optionLong("f", WireReader::u32)).hasValue(4);
        assertThat(reader("0107").optionInt("f", WireReader::u8)).hasValue(7);
        assertFails(
                Reason.OPTION_COUNT_ABOVE_ONE,
                0,
                () -> reader("020400000004000000").optionLong("f", WireReader::u32));
        assertFails(Reason.OPTION_COUNT_ABOVE_ONE, 0, () -> reader("ff").optionInt("f", WireReader::u8));
    }

    @Test
    @Tag("TYP-014")
    @Tag("TYP-015")
    void readsSequences() {
        assertThat(reader("03010203").seq0255("f", 1, WireReader::u8)).isEqualTo(List.of(1, 2, 3));
        assertThat(reader("010002000000").seq064k("f", 4, WireReader::u32)).isEqualTo(List.of(2L));
        assertThat(reader("00").seq0255("f", 32, WireReader::u256)).isEmpty();
    }

    // A failing allocation would be an OutOfMemoryError or a Truncated error from deep inside; this must fail at once.
    @Test
    @Tag("TYP-014")
    @Tag("TYP-015")
    void refusesACountThatCannotFitBeforeReadingAnyElement() {
        assertFails(
                Reason.TRUNCATED,
                0,
                () -> reader("ffff" + "00".repeat(10)).seq064k("f", 1, (_, _) -> {
                    throw new AssertionError("an element was read");
                }));
        assertFails(Reason.TRUNCATED, 0, () -> reader("02" + "00".repeat(63)).seq0255("f", 32, WireReader::u256));
    }

    @Test
    void cannotReadBeyondItsRange() {
        var source = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};
        var reader = new WireReader("Test", source, 2, 3);
        assertFails(Reason.TRUNCATED, 0, () -> reader.u32("f"));
        assertThat(reader.u24("f")).isEqualTo(0x050403);
        assertFails(Reason.TRUNCATED, 3, () -> reader.u8("f"));
        assertFails(Reason.TRUNCATED, 3, () -> reader.u256("f"));
        assertThatThrownBy(() -> new WireReader("Test", source, 6, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static WireReader reader(String hex) {
        return Bytes.ofHex(hex).reader("Test");
    }

    private static void assertFails(Reason reason, int offset, Runnable read) {
        assertThatThrownBy(read::run).isInstanceOfSatisfying(DecodeException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.offset()).isEqualTo(offset);
        });
    }
}
