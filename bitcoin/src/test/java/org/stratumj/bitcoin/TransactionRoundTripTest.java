package org.stratumj.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bitcoinj.base.Sha256Hash;
import org.junit.jupiter.api.Test;

/// Random transactions and blocks, written here and read by bitcoinj, and the other way round.
class TransactionRoundTripTest {
    private static final long SEED = 20261120;
    private static final int ROUNDS = 500;

    private final RandomTransactions transactions = new RandomTransactions(new SplittableRandom(SEED));

    @Test
    void agreesWithBitcoinjOnTransactions() {
        for (int round = 0; round < ROUNDS; round++) {
            Transaction ours = transactions.next();
            var theirs = org.bitcoinj.core.Transaction.read(ByteBuffer.wrap(ours.bytes()));
            String where = "seed " + SEED + " round " + round;
            assertThat(ours.txid()).as(where).hasToString(theirs.getTxId().toString());
            assertThat(ours.wtxid()).as(where).hasToString(theirs.getWTxId().toString());
            assertThat(ours.weight()).as(where).isEqualTo(theirs.getWeight());
            assertThat(ours.size()).as(where).isEqualTo(ours.bytes().length);
            assertThat(Transaction.parse(theirs.serialize())).as(where).isEqualTo(ours);
            assertThat(Transaction.parse(ours.strippedBytes()).wtxid())
                    .as(where)
                    .isEqualTo(ours.txid());
        }
    }

    @Test
    void agreesWithBitcoinjOnBlocks() {
        for (int round = 0; round < 60; round++) {
            List<Transaction> contents = new ArrayList<>(List.of(coinbase()));
            for (int i = 0; i <= round; i++) {
                contents.add(transactions.next());
            }
            Block ours = new Block(header(), contents);
            var theirs = org.bitcoinj.core.Block.read(ByteBuffer.wrap(ours.bytes()));
            String where = "seed " + SEED + " round " + round;
            assertThat(ours.hash()).as(where).hasToString(theirs.getHashAsString());
            assertThat(Block.parse(theirs.serialize())).as(where).isEqualTo(ours);
            assertThat(ours.weight()).as(where).isEqualTo(3 * strippedSize(ours) + ours.bytes().length);
            assertThat(WitnessCommitment.hash(wtxidsAfterFirst(ours), Hash256.ZERO)
                            .bytes())
                    .as(where)
                    .isEqualTo(Sha256Hash.twiceOf(theirs.getWitnessRoot().serialize(), new byte[32])
                            .getBytes());
        }
    }

    @Test
    void refusesEveryTruncationAndAnExtraByte() {
        for (int round = 0; round < 20; round++) {
            byte[] bytes = transactions.next().bytes();
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Transaction.parse(cut))
                        .as("seed %d round %d length %d", SEED, round, length)
                        .isInstanceOf(BitcoinFormatException.class);
            }
            assertThatThrownBy(() -> Transaction.parse(Arrays.copyOf(bytes, bytes.length + 1)))
                    .isInstanceOf(BitcoinFormatException.class)
                    .hasMessageContaining("1 bytes too many");
        }
    }

    @Test
    void readsOrRefusesDamagedBytesButNeverFailsOtherwise() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = transactions.next().bytes();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                bytes[random.nextInt(Math.min(bytes.length, 60))] = (byte) random.nextInt();
            }
            try {
                assertThat(Transaction.parse(bytes).bytes())
                        .as("seed %d round %d", SEED, round)
                        .isEqualTo(bytes);
            } catch (BitcoinFormatException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    private Transaction coinbase() {
        Script scriptSig = Script.of(transactions.bytes(50));
        TxIn input = new TxIn(OutPoint.NULL, scriptSig, transactions.u32(), WitnessCommitment.COINBASE_WITNESS);
        return new Transaction(2, List.of(input), transactions.next().outputs(), 0);
    }

    private BlockHeader header() {
        return new BlockHeader(
                transactions.u32(),
                transactions.hash(),
                transactions.hash(),
                transactions.u32(),
                transactions.u32(),
                transactions.u32());
    }

    private static int strippedSize(Block block) {
        return BlockHeader.SIZE
                + CompactSize.size(block.transactions().size())
                + block.transactions().stream()
                        .mapToInt(transaction -> transaction.strippedBytes().length)
                        .sum();
    }

    private static List<Hash256> wtxidsAfterFirst(Block block) {
        return block.transactions().stream().skip(1).map(Transaction::wtxid).toList();
    }
}
