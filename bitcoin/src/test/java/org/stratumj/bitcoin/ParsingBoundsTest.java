package org.stratumj.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes of a hostile peer: counts and lengths that promise more than there is must be refused before memory is
/// taken.
class ParsingBoundsTest {
    private static final String INPUT = "00".repeat(32) + "00000000" + "00" + "ffffffff";

    @ParameterizedTest
    @CsvSource({
        "count of inputs,       02000000 feffffffff",
        "count of inputs in 64, 02000000 ffffffffffffffffff",
        "negative as a long,    02000000 ff0000000000000080",
        "length of a script,    02000000 01 <prevout> feffffff7f",
        "count of outputs,      02000000 01 <input> feffffff7f",
        "witness items,         02000000 0001 01 <input> 00 feffffff7f",
        "length of an item,     02000000 0001 01 <input> 00 01 feffffff7f"
    })
    void refusesACountBeyondTheBytes(String what, String hex) {
        byte[] bytes = hex(hex);
        assertThatThrownBy(() -> Transaction.parse(bytes))
                .as(what)
                .isInstanceOf(BitcoinFormatException.class)
                .hasMessageContaining("claims");
    }

    @Test
    void refusesATransactionWithoutInputs() {
        assertThatThrownBy(() -> Transaction.parse(hex("02000000 00 00 00000000")))
                .isInstanceOf(BitcoinFormatException.class);
        assertThatThrownBy(() -> Transaction.parse(hex("02000000 0001 00 00 00000000")))
                .isInstanceOf(BitcoinFormatException.class)
                .hasMessageContaining("no inputs");
    }

    @Test
    void refusesTheWitnessMarkerWithoutWitness() {
        assertThat(Transaction.parse(hex("02000000 01 <input> 00 00000000")).hasWitness())
                .isFalse();
        assertThatThrownBy(() -> Transaction.parse(hex("02000000 0001 01 <input> 00 00 00000000")))
                .isInstanceOf(BitcoinFormatException.class)
                .hasMessageContaining("no witness");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "02", "03", "ff"})
    void refusesAFlagOtherThanOne(String flag) {
        assertThatThrownBy(() -> Transaction.parse(hex("02000000 00 " + flag + " 01 <input> 00 01 00 00000000")))
                .isInstanceOf(BitcoinFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fd0100", "fdfc00", "fe01000000", "feffff0000", "ff0100000000000000", "ffffffffff00000000"})
    void refusesANumberNotInItsShortestForm(String hex) {
        assertThatThrownBy(() -> CompactSize.decode(hex(hex), 0))
                .isInstanceOf(BitcoinFormatException.class)
                .hasMessageContaining("shortest");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 252, 253, 254, 255, 256, 0xffff, 0x10000, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, -1})
    void readsTheNumbersItWrites(long value) {
        byte[] bytes = CompactSize.encode(value);
        assertThat(bytes).hasSize(CompactSize.size(value));
        assertThat(CompactSize.decode(bytes, 0)).isEqualTo(value);
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
        assertThatThrownBy(() -> CompactSize.decode(cut, 0)).isInstanceOf(BitcoinFormatException.class);
        assertThatThrownBy(() -> CompactSize.decode(bytes, bytes.length)).isInstanceOf(BitcoinFormatException.class);
    }

    @Test
    void refusesABlockAboveTheLimitOfBytesUnread() {
        byte[] bytes = new byte[Block.BYTES_MAX + 1];
        assertThatThrownBy(() -> Block.parse(bytes)).hasMessageContaining("at most 4000000 bytes, not 4000001");
        assertThatThrownBy(() -> RawBlock.of(bytes)).isInstanceOf(BitcoinFormatException.class);
        assertThat(RawBlock.of(new byte[Block.BYTES_MAX]).size()).isEqualTo(Block.BYTES_MAX);
        assertThatThrownBy(() -> RawBlock.of(new byte[79])).isInstanceOf(BitcoinFormatException.class);
    }

    @Test
    void refusesABlockWithMoreTransactionsThanBytes() {
        byte[] bytes = hex("00".repeat(80) + "feffffff7f");
        assertThatThrownBy(() -> Block.parse(bytes)).hasMessageContaining("claims 2147483647 items");
        assertThatThrownBy(() -> Block.parse(hex("00".repeat(80) + "00"))).hasMessageContaining("no transactions");
    }

    @Test
    void refusesAHeaderOfAnotherLength() {
        assertThatThrownBy(() -> BlockHeader.parse(new byte[79])).isInstanceOf(BitcoinFormatException.class);
        assertThatThrownBy(() -> BlockHeader.parse(new byte[81])).isInstanceOf(BitcoinFormatException.class);
    }

    @Test
    void refusesNumbersThatAreNotUnsigned32() {
        Hash256 zero = Hash256.ZERO;
        assertThatThrownBy(() -> new BlockHeader(-1, zero, zero, 0, 0, 0)).hasMessageContaining("version");
        assertThatThrownBy(() -> new BlockHeader(0, zero, zero, 1L << 32, 0, 0)).hasMessageContaining("time");
        assertThatThrownBy(() -> new BlockHeader(0, zero, zero, 0, -1, 0)).hasMessageContaining("nBits");
        assertThatThrownBy(() -> new BlockHeader(0, zero, zero, 0, 0, 1L << 32)).hasMessageContaining("nonce");
        assertThatThrownBy(() -> new OutPoint(zero, -1)).hasMessageContaining("index");
    }

    private static byte[] hex(String text) {
        String hex = text.replace("<input>", INPUT)
                .replace("<prevout>", "00".repeat(36))
                .replace(" ", "");
        return HexFormat.of().parseHex(hex);
    }
}
