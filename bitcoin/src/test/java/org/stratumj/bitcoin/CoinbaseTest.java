package org.stratumj.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.bitcoinj.script.ScriptBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoinbaseTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 51",
        "16, 60",
        "17, 0111",
        "127, 017f",
        "128, 028000",
        "255, 02ff00",
        "256, 020001",
        "32767, 02ff7f",
        "32768, 03008000",
        "227836, 03fc7903",
        "8388608, 0400008000",
        "2147483647, 04ffffff7f"
    })
    void pushesAHeightInTheFewestBytes(int height, String hex) {
        assertThat(Coinbase.heightPush(height)).hasToString(hex);
        assertThat(Coinbase.heightPush(height).bytes())
                .isEqualTo(new ScriptBuilder().number(height).build().program());
        assertThat(Coinbase.height(Script.ofHex(hex + "aabb"))).hasValue(height);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "01", "0105", "02ff", "020500", "0181", "050000000080", "06000000000001", "4c0111", "6a"})
    void findsNoHeightWhereThereIsNone(String hex) {
        assertThat(Coinbase.height(Script.ofHex(hex))).isEqualTo(OptionalInt.empty());
    }

    @Test
    void refusesANegativeHeight() {
        assertThatThrownBy(() -> Coinbase.heightPush(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stripsAndRestoresTheWitnessOfAWholeCoinbase() {
        Transaction coinbase = coinbase();
        assertThat(Coinbase.strip(coinbase.bytes())).isEqualTo(coinbase.strippedBytes());
        assertThat(Coinbase.unstrip(coinbase.strippedBytes())).isEqualTo(coinbase.bytes());
        assertThat(Coinbase.hasWitnessMarker(coinbase.bytes())).isTrue();
        assertThat(Coinbase.hasWitnessMarker(coinbase.strippedBytes())).isFalse();
    }

    @Test
    void stripsAndRestoresPrefixAndSuffixWhereverTheyAreCut() {
        byte[] full = coinbase().bytes();
        byte[] stripped = coinbase().strippedBytes();
        int scriptSigEnd = 4 + 2 + 1 + 36 + 1 + 20;
        for (int cut = 4 + 2 + 1 + 36 + 1; cut <= scriptSigEnd; cut++) {
            byte[] prefix = Arrays.copyOf(full, cut);
            byte[] suffix = Arrays.copyOfRange(full, cut, full.length);
            assertThat(Coinbase.stripPrefix(prefix)).isEqualTo(Arrays.copyOf(stripped, cut - 2));
            assertThat(Coinbase.stripSuffix(suffix)).isEqualTo(Arrays.copyOfRange(stripped, cut - 2, stripped.length));
            assertThat(Coinbase.unstripPrefix(Coinbase.stripPrefix(prefix))).isEqualTo(prefix);
            assertThat(Coinbase.unstripSuffix(Coinbase.stripSuffix(suffix))).isEqualTo(suffix);
        }
    }

    @Test
    void refusesToStripWhatIsNotThere() {
        byte[] stripped = coinbase().strippedBytes();
        assertThatThrownBy(() -> Coinbase.stripPrefix(stripped)).isInstanceOf(BitcoinFormatException.class);
        assertThatThrownBy(() -> Coinbase.stripSuffix(stripped)).isInstanceOf(BitcoinFormatException.class);
        assertThatThrownBy(() -> Coinbase.stripSuffix(new byte[37])).isInstanceOf(BitcoinFormatException.class);
        assertThatThrownBy(() -> Coinbase.unstripPrefix(new byte[3])).isInstanceOf(BitcoinFormatException.class);
        assertThatThrownBy(() -> Coinbase.unstripSuffix(new byte[3])).isInstanceOf(BitcoinFormatException.class);
        byte[] full = coinbase().bytes();
        assertThatThrownBy(() -> Coinbase.unstripPrefix(full)).isInstanceOf(BitcoinFormatException.class);
        full[full.length - 5] = 1;
        assertThatThrownBy(() -> Coinbase.stripSuffix(full)).isInstanceOf(BitcoinFormatException.class);
    }

    /// A block without transactions besides its coinbase commits to this on every chain.
    @Test
    @Tag("SEG-008")
    void commitsToNoTransactions() {
        TxOut output = WitnessCommitment.output(List.of());
        assertThat(output.script())
                .hasToString("6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9");
        assertThat(TxOut.parse(output.bytes())).isEqualTo(output);
    }

    @Test
    void findsTheLastCommitment() {
        TxOut first = WitnessCommitment.output(List.of());
        TxOut last = WitnessCommitment.output(List.of(Hash256.ZERO));
        TxOut longer = new TxOut(5, Script.ofHex(last.script() + "00"));
        TxOut shorter = new TxOut(0, Script.ofHex("6a24aa21a9ed" + "00".repeat(31)));
        TxOut pay = new TxOut(1, Script.P2WSH_OP_TRUE);
        assertThat(WitnessCommitment.find(withOutputs(first, pay, last, pay, shorter)))
                .hasValue(2);
        assertThat(WitnessCommitment.find(withOutputs(first, longer))).hasValue(1);
        assertThat(WitnessCommitment.committedHash(longer.script()))
                .isEqualTo(WitnessCommitment.committedHash(last.script()))
                .isEqualTo(WitnessCommitment.hash(List.of(Hash256.ZERO), WitnessCommitment.RESERVED_VALUE));
        assertThat(WitnessCommitment.find(withOutputs(pay, shorter))).isEmpty();
        assertThatThrownBy(() -> WitnessCommitment.committedHash(pay.script()))
                .isInstanceOf(BitcoinFormatException.class);
    }

    private static Transaction coinbase() {
        return withOutputs(new TxOut(50, Script.P2WSH_OP_TRUE), WitnessCommitment.output(List.of()));
    }

    private static Transaction withOutputs(TxOut... outputs) {
        Script scriptSig = Script.of(HexFormat.of().parseHex("03fc7903" + "ab".repeat(16)));
        TxIn input = new TxIn(OutPoint.NULL, scriptSig, 0xfffffffeL, WitnessCommitment.COINBASE_WITNESS);
        return new Transaction(2, List.of(input), List.of(outputs), 227835);
    }
}
