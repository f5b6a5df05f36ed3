package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.SigOps;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;

/// The transaction codec: bytes are refused, or are exactly those that the transaction is written as, and its measures
/// agree with each other.
class TransactionFuzzTest {
    private static final int SIGOPS_PER_BYTE = 20;

    static Stream<byte[]> seeds() {
        String input = "11".repeat(32) + "00000000" + "00" + "ffffffff";
        String output = "0010a5d4e8000000" + "0451205187";
        String p2sh = "0100000000000000" + "17a914" + "22".repeat(20) + "87";
        String zeros = "00".repeat(32);
        return Stream.of(
                        "01000000" + "01" + input + "01" + output + "00000000",
                        "02000000" + "0001" + "01" + input + "02" + output + p2sh + "02" + "0151" + "00" + "00000000",
                        // coinbase, with and without its witness
                        "01000000" + "01" + zeros + "ffffffff" + "0403abcd00" + "ffffffff" + "01" + output + "00000000",
                        "01000000" + "0001" + "01" + zeros + "ffffffff" + "025100" + "ffffffff" + "01" + output + "0120"
                                + zeros + "00000000",
                        // counts and lengths that promise much
                        "01000000" + "feffffffff" + input,
                        "01000000" + "01" + "33".repeat(36) + "fdffff" + "00")
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void writesTheBytesItRead(byte[] data) {
        Property.requireMemory(512, data.length, () -> check(data));
    }

    private static void check(byte[] data) {
        requireCoinbaseParts(data);
        Transaction transaction;
        try {
            transaction = Transaction.parse(data);
        } catch (BitcoinFormatException refused) {
            return;
        }
        requireEqual(data, transaction.bytes(), "bytes");
        requireEqual(data.length, transaction.size(), "size");
        var stripped = transaction.strippedBytes();
        requireEqual(stripped.length, transaction.strippedSize(), "stripped size");
        requireEqual(3 * stripped.length + data.length, transaction.weight(), "weight");
        requireEqual(
                transaction.hasWitness(), !transaction.txid().equals(transaction.wtxid()), "ids differ by witness");
        var withoutWitness = Transaction.parse(stripped);
        requireEqual(transaction.txid(), withoutWitness.wtxid(), "id of the stripped bytes");
        requireEqual(withoutWitness, Transaction.parse(withoutWitness.bytes()), "stripped transaction read again");
        requireSigOps(transaction);
        requireHeight(transaction);
        requireStripped(transaction);
    }

    // Each input spends some output of this very transaction, which consensus forbids and counting does not.
    private static void requireSigOps(Transaction transaction) {
        var spent = new HashMap<OutPoint, TxOut>();
        int output = 0;
        for (var in : transaction.inputs()) {
            if (output < transaction.outputs().size()) {
                spent.put(in.previous(), transaction.outputs().get(output++));
            }
        }
        int most = SIGOPS_PER_BYTE * Transaction.WITNESS_SCALE * transaction.size();
        int legacy = SigOps.legacyCost(transaction);
        int cost = SigOps.cost(transaction, spent);
        require(legacy >= 0 && legacy <= cost && cost <= 2 * most, "signature operations");
    }

    private static void requireHeight(Transaction transaction) {
        var script = transaction.inputs().getFirst().scriptSig();
        Coinbase.height(script)
                .ifPresent(height ->
                        require(script.startsWith(Coinbase.heightPush(height)), "height in its shortest form"));
    }

    private static void requireCoinbaseParts(byte[] data) {
        try {
            requireEqual(data, Coinbase.unstrip(Coinbase.strip(data)), "witness taken away and put back");
        } catch (BitcoinFormatException noWitness) {
            return;
        }
    }

    private static void requireStripped(Transaction transaction) {
        var in = transaction.inputs().getFirst();
        if (transaction.isCoinbase()
                && in.witness().size() == 1
                && Arrays.equals(in.witness().item(0), new byte[32])) {
            requireEqual(transaction.strippedBytes(), Coinbase.strip(transaction.bytes()), "coinbase stripped");
        }
    }
}
