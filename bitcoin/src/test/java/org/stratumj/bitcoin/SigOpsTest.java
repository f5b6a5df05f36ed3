package org.stratumj.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitcoinj.script.ScriptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigOpsTest {
    private static final long SEED = 5;
    private static final OutPoint SPENT = new OutPoint(Hash256.ZERO, 0);
    private static final String TWO_OF_THREE = "52" + ("21" + "02".repeat(33)).repeat(3) + "53ae";

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0",
        "ac, 1, 1",
        "ad, 1, 1",
        "ae, 20, 20",
        "53ae, 20, 3",
        "60af, 20, 16",
        "0114ae, 20, 20",
        "00ae, 20, 20",
        "01ac, 0, 0",
        "4c02acacac, 1, 1",
        "4d0200acacac, 1, 1",
        "4e02000000acacac, 1, 1",
        "ac4cff, 1, 1",
        "ac4d, 1, 1",
        "ac4effffffff, 1, 1",
        "ac05ac, 1, 1"
    })
    void countsOperationsUpToTheEndOfTheScript(String script, int plain, int accurate) {
        assertThat(SigOps.count(Script.ofHex(script), false)).isEqualTo(plain);
        assertThat(SigOps.count(Script.ofHex(script), true)).isEqualTo(accurate);
    }

    @Test
    void agreesWithBitcoinjOnRandomScripts() {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] common = {0x51, 0x52, 0x60, (byte) 0xac, (byte) 0xad, (byte) 0xae, (byte) 0xaf, 0x02, 0x4c, 0x01};
        int compared = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] script = new byte[random.nextInt(30)];
            for (int i = 0; i < script.length; i++) {
                script[i] = common[random.nextInt(common.length)];
            }
            int theirs;
            try {
                theirs = org.bitcoinj.script.Script.getSigOpCount(script);
            } catch (ScriptException notParsed) {
                continue;
            }
            compared++;
            assertThat(SigOps.count(Script.of(script), false))
                    .as("seed %d round %d %s", SEED, round, Script.of(script))
                    .isEqualTo(theirs);
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    @Test
    void countsOwnScriptsFourfold() {
        Transaction transaction = transaction("ac", Witness.EMPTY, "76a914" + "00".repeat(20) + "88ac", "53ae");
        assertThat(SigOps.legacyCost(transaction)).isEqualTo(4 * (1 + 1 + 20));
        assertThat(SigOps.cost(transaction, Map.of())).isEqualTo(88);
    }

    @ParameterizedTest
    @CsvSource({
        "P2WPKH,                0014{20}, '', 51,     1",
        "P2WSH multisig,        0020{32}, '', {2of3}, 3",
        "P2WSH unknown keys,    0020{32}, '', ae,     20",
        "P2WSH OP_TRUE,         0020{32}, '', 51,     0",
        "taproot,               5120{32}, '', {2of3}, 0",
        "odd program of v0,     0015{20}00, '', {2of3}, 0",
        "P2SH multisig,         a914{20}87, {push2of3}, '', 12",
        "P2SH-P2WPKH,           a914{20}87, 160014{20}, 51, 1",
        "P2SH-P2WSH,            a914{20}87, 220020{32}, {2of3}, 3",
        "P2SH with more than pushes, a914{20}87, 61{push2of3}, '', 0",
        "P2SH cut short,        a914{20}87, {push2of3}05, '', 0",
        "P2SH of a number,      a914{20}87, 53, '', 0",
        "P2PKH,                 76a914{20}88ac, '', '', 0"
    })
    void countsWhatAnInputSpends(String what, String spent, String scriptSig, String lastItem, int cost) {
        Witness witness = lastItem.isEmpty()
                ? Witness.EMPTY
                : Witness.of(new byte[] {1}, Script.ofHex(expand(lastItem)).bytes());
        Transaction transaction = transaction(expand(scriptSig), witness);
        TxOut output = new TxOut(1, Script.ofHex(expand(spent)));
        assertThat(SigOps.cost(transaction, Map.of(SPENT, output))).as(what).isEqualTo(cost);
    }

    @Test
    void countsNothingForAWitnessProgramWithoutWitness() {
        TxOut output = new TxOut(1, Script.P2WSH_OP_TRUE);
        assertThat(SigOps.cost(transaction("", Witness.EMPTY), Map.of(SPENT, output)))
                .isZero();
    }

    private static Transaction transaction(String scriptSig, Witness witness, String... outputs) {
        return new Transaction(
                2,
                List.of(new TxIn(SPENT, Script.ofHex(scriptSig), 0, witness)),
                List.of(outputs).stream()
                        .map(script -> new TxOut(1, Script.ofHex(script)))
                        .toList(),
                0);
    }

    private static String expand(String hex) {
        String length = "%02x".formatted(TWO_OF_THREE.length() / 2);
        return hex.replace("{push2of3}", "4c" + length + TWO_OF_THREE)
                .replace("{2of3}", TWO_OF_THREE)
                .replace("{20}", "11".repeat(20))
                .replace("{32}", "22".repeat(32));
    }
}
