package org.stratumj.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerkleTree;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;
import org.stratumj.bitcoin.WitnessCommitment;

class BlockTemplateTest {
    private static final int WEIGHT_LIMIT = 4_000_000;
    private static final int SIGOPS_LIMIT = 80_000;

    @Test
    void keepsAllTransactionsWhenTheReserveIsFree() {
        BlockTemplate template = template(List.of(1_000_000, 998_832), 10);
        assertThat(template.withReserved(new CoinbaseReserve(2_001_168, 79_980)))
                .isSameAs(template);
    }

    @Test
    @Tag("TDP-008")
    void dropsTheLastTransactionForOneWeightUnit() {
        BlockTemplate template = template(List.of(1_000_000, 998_832), 10);
        BlockTemplate trimmed = template.withReserved(new CoinbaseReserve(2_001_169, 0));
        assertThat(trimmed.transactions())
                .containsExactly(template.transactions().getFirst());
    }

    @Test
    @Tag("TDP-008")
    void dropsTheLastTransactionForOneSigop() {
        BlockTemplate template = template(List.of(400, 400), 10);
        assertThat(template.withReserved(new CoinbaseReserve(0, SIGOPS_LIMIT - 19))
                        .transactions())
                .hasSize(1);
        assertThat(template.withReserved(new CoinbaseReserve(0, SIGOPS_LIMIT - 9))
                        .transactions())
                .isEmpty();
    }

    @Test
    void keepsNoTransactionBehindADroppedOneThatItMaySpendFrom() {
        BlockTemplate template = template(List.of(1_000, 3_000_000, 1_000), 0);
        assertThat(template.withReserved(new CoinbaseReserve(1_100_000, 0)).transactions())
                .hasSize(1);
    }

    @Test
    void takesFeesOfDroppedTransactionsFromTheCoinbaseValue() {
        BlockTemplate template = template(List.of(1_000, 2_000_000, 1_000_000), 0);
        BlockTemplate trimmed = template.withReserved(new CoinbaseReserve(1_500_000, 0));
        assertThat(trimmed.fees()).isEqualTo(1_000 + 1_001);
        assertThat(trimmed.coinbaseValue()).isEqualTo(template.coinbaseValue() - 1_002);
    }

    @Test
    @Tag("TDP-022")
    void recomputesCommitmentAndPathOfWhatIsKept() {
        BlockTemplate template = template(List.of(1_000, 2_000_000, 1_000_000), 0);
        BlockTemplate trimmed = template.withReserved(new CoinbaseReserve(1_500_000, 0));
        Hash256 leaf = Hash256.fromDisplayHex("11".repeat(32));
        List<Hash256> txids = new ArrayList<>(List.of(leaf));
        trimmed.transactions().forEach(transaction -> txids.add(transaction.txid()));
        assertThat(trimmed.merklePath().root(leaf)).isEqualTo(MerkleTree.root(txids));
        assertThat(trimmed.requiredOutputs())
                .containsExactly(WitnessCommitment.output(trimmed.transactions().stream()
                        .map(TemplateTransaction::wtxid)
                        .toList()))
                .isNotEqualTo(template.requiredOutputs());
    }

    @Test
    void keepsTheFirstTransactionsAndTheirFees() {
        BlockTemplate template = template(List.of(400, 400, 400), 0);
        assertThat(template.withFirst(3)).isEqualTo(template);
        assertThat(template.withFirst(1).fees()).isEqualTo(1_000);
        assertThat(template.withFirst(1).coinbaseValue()).isEqualTo(template.coinbaseValue() - 1_001 - 1_002);
        assertThat(template.withFirst(0).transactions()).isEmpty();
        assertThatThrownBy(() -> template.withFirst(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> template.withFirst(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAReserveBeyondAWholeBlock() {
        BlockTemplate template = template(List.of(), 0);
        assertThat(template.withReserved(new CoinbaseReserve(WEIGHT_LIMIT, SIGOPS_LIMIT)))
                .isSameAs(template);
        assertThatThrownBy(() -> template.withReserved(new CoinbaseReserve(WEIGHT_LIMIT + 1, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> template.withReserved(new CoinbaseReserve(0, SIGOPS_LIMIT + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("TDP-008")
    @Tag("TDP-009")
    @Tag("TDP-010")
    @Tag("TDP-014")
    void reservesWhatTheSpecificationCounts() {
        assertThat(CoinbaseReserve.forOutputs(208, 5)).isEqualTo(new CoinbaseReserve(2000, 5));
        assertThat(CoinbaseReserve.forOutputs(209, 5)).isEqualTo(new CoinbaseReserve(1168 + 4 * 209, 5));
        assertThat(CoinbaseReserve.forOutputs(0xffff_ffffL, 0).weight()).isEqualTo(1168 + 4 * 0xffff_ffffL);
    }

    @Test
    void assemblesABlockFromItsTransactions() {
        BlockTemplate template = template(List.of(400, 400), 0);
        Transaction coinbase = transaction(7).parse();
        BlockHeader header = new BlockHeader(
                template.version(), template.prevHash(), Hash256.ZERO, template.currentTime(), template.nBits(), 5);
        RawBlock block = template.block(header, RawTransaction.of(coinbase.bytes()));
        assertThat(block.parse().header()).isEqualTo(header);
        assertThat(block.parse().transactions())
                .containsExactly(
                        coinbase,
                        template.transactions().get(0).raw().parse(),
                        template.transactions().get(1).raw().parse());
        assertThat(RawBlock.of(block.bytes())).isEqualTo(block);
    }

    private static BlockTemplate template(List<Integer> weights, int sigops) {
        List<TemplateTransaction> transactions = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            Transaction transaction = transaction(i).parse();
            transactions.add(new TemplateTransaction(
                    transaction(i), transaction.txid(), transaction.wtxid(), 1_000 + i, weights.get(i), sigops));
        }
        long value = 50_0000_0000L
                + transactions.stream().mapToLong(TemplateTransaction::fee).sum();
        return new BlockTemplate(
                0x20000000L, Hash256.ZERO, 1, 0x207fffffL, 1, 2, value, true, WEIGHT_LIMIT, SIGOPS_LIMIT, transactions);
    }

    private static RawTransaction transaction(int seed) {
        TxIn input = new TxIn(new OutPoint(Hash256.ZERO, seed), Script.EMPTY, 0, Witness.OP_TRUE);
        Transaction transaction = new Transaction(2, List.of(input), List.of(new TxOut(seed, Script.P2WSH_OP_TRUE)), 0);
        return RawTransaction.of(transaction.bytes());
    }
}
