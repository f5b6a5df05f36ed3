package org.stratumj.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Str0255Test {
    @Test
    void countsBytesNotCharacters() {
        assertThat(Str0255.of("é".repeat(127)).size()).isEqualTo(254);
        assertThat(Str0255.of("a".repeat(255)).size()).isEqualTo(255);
        assertThatThrownBy(() -> Str0255.of("é".repeat(128))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Str0255.of(new byte[256])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsOrdinaryTextAsItIs() {
        assertThat(Str0255.of("Bergwerk Süd №7 矿工 ⛏ 😀").text()).isEqualTo("Bergwerk Süd №7 矿工 ⛏ 😀");
    }

    // Line breaks, terminal escapes, and characters that turn the direction of text around.
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0x200b, 0x2028, 0x202e, 0x2066, 0xe0001, '{'})
    void escapesWhatCouldForgeALog(int character) {
        assertThat(Str0255.of("a" + Character.toString(character) + "b").text())
                .isEqualTo("a{" + Integer.toHexString(character) + "}b");
    }

    @Test
    void showsBytesThatAreNotUtf8AsReplacement() {
        byte[] invalid = {'a', (byte) 0xff, (byte) 0xc3, 'b'};
        assertThat(Str0255.of(invalid).text()).isEqualTo("a\ufffd\ufffdb");
        assertThat(Str0255.of(invalid).bytes()).isEqualTo(Bytes.of(invalid));
    }

    @Test
    void tellsPrintableAsciiFromTheRest() {
        assertThat(Str0255.of("stale-share ~!").isPrintableAscii()).isTrue();
        assertThat(Str0255.EMPTY.isPrintableAscii()).isTrue();
        for (String other : List.of("a\n", "\u007f", "é", "\0", "\u001b[2J")) {
            assertThat(Str0255.of(other).isPrintableAscii()).as(other).isFalse();
        }
    }

    @Test
    @Tag("MIN-042")
    void comparesByBytes() {
        assertThat(Str0255.of("é")).isEqualTo(Str0255.of("é".getBytes(StandardCharsets.UTF_8)));
        assertThat(Str0255.of("e\u0301")).isNotEqualTo(Str0255.of("é"));
    }
}
