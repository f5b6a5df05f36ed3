package org.stratumj.node.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.node.TestMiner.mine;
import static org.stratumj.node.TestMiner.raw;
import static org.stratumj.node.TestMiner.spend;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.node.NodeListener;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.TemplateTransaction;
import org.stratumj.node.TestMiner;
import org.stratumj.node.WatchPolicy;

/// The transactions that wait, and those made up, seen through the node.
class MempoolTest {
    private static final long VALUE = 50_0000_0000L;
    private static final EmbeddedOptions OPTIONS =
            EmbeddedOptions.of(ChainProfile.REGTEST).withClock(() -> Instant.ofEpochSecond(1_800_000_000));

    private final EmbeddedNode node = EmbeddedNode.start(OPTIONS.withoutTransactions());

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void ordersByFeeRateButParentsBeforeChildren() {
        Transaction cheap = spend(coin(1), VALUE - 1_000);
        Transaction dear = spend(coin(2), VALUE - 9_000);
        Transaction parent = spend(coin(3), VALUE - 500);
        Transaction child = spend(new OutPoint(parent.txid(), 0), VALUE - 90_000);
        List.of(cheap, dear, parent, child)
                .forEach(each -> assertThat(node.addTransaction(each)).isEmpty());
        assertThat(node.template().transactions())
                .extracting(TemplateTransaction::txid)
                .containsExactly(dear.txid(), cheap.txid(), parent.txid(), child.txid());
        accept(mine(node.template()));
    }

    @Test
    void refusesWhatConflictsOrCannotBeInABlock() {
        Transaction first = spend(coin(1), VALUE - 1_000);
        assertThat(node.addTransaction(first)).isEmpty();
        assertThat(node.addTransaction(first)).hasValue("txn-already-in-mempool");
        assertThat(node.addTransaction(spend(coin(1), VALUE - 99_000))).hasValue("bad-txns-inputs-missingorspent");
        assertThat(node.addTransaction(spend(coin(100), 1))).hasValue("bad-txns-premature-spend-of-coinbase");
        assertThat(node.addTransaction(spend(coin(2), VALUE + 1))).hasValue("bad-txns-in-belowout");
        assertThat(node.addTransaction(spend(coin(2), 1, 0, 10_000))).hasValue("non-final");
        assertThat(node.addTransaction(node.block(1).orElseThrow().parse().coinbase()))
                .hasValue("coinbase");
        assertThat(node.addTransaction(withOutput(coin(2), 1_000_000))).hasValue("bad-txns-oversize");
        assertThat(node.addTransaction(withOutput(coin(2), 999_700))).hasValue("tx-size");
        assertThat(node.template().transactions()).hasSize(1);
    }

    @Test
    void dropsWhatABlockMakesImpossible() {
        Transaction waiting = spend(coin(1), VALUE - 1_000);
        Transaction child = spend(new OutPoint(waiting.txid(), 0), VALUE - 2_000);
        assertThat(node.addTransaction(waiting)).isEmpty();
        assertThat(node.addTransaction(child)).isEmpty();
        Transaction rival = spend(coin(1), VALUE - 5);
        BlockTemplate template = node.template();
        accept(TestMiner.withWork(TestMiner.block(withoutFees(template), List.of(rival))));
        assertThat(node.template().transactions()).isEmpty();
        assertThat(node.transaction(waiting.txid())).isEmpty();
        assertThat(node.transaction(rival.txid())).isPresent();
    }

    @Test
    void fillsBlocksAndNotMore() {
        TxOut large = new TxOut(0, Script.of(new byte[9_900]));
        for (int height = 1; height <= 12; height++) {
            Transaction transaction =
                    new Transaction(2, spend(coin(height), 1).inputs(), Collections.nCopies(9, large), 0);
            assertThat(node.addTransaction(transaction)).isEmpty();
        }
        BlockTemplate template = node.template();
        int weight = template.transactions().stream()
                .mapToInt(TemplateTransaction::weight)
                .sum();
        assertThat(template.transactions()).hasSize(11);
        assertThat(weight).isBetween(Block.WEIGHT_MAX - 400_000, Block.WEIGHT_MAX - CoinbaseReserve.WEIGHT_MIN);
        accept(mine(template));
        assertThat(node.template().transactions()).hasSize(1);
    }

    @Test
    void holdsALimitedNumberOfTransactions() {
        Transaction fan = new Transaction(
                2,
                spend(coin(1), 1).inputs(),
                Collections.nCopies(Mempool.TRANSACTIONS_MAX, new TxOut(10_000, Script.P2WSH_OP_TRUE)),
                0);
        assertThat(node.addTransaction(fan)).isEmpty();
        Hash256 txid = fan.txid();
        for (int i = 0; i < Mempool.TRANSACTIONS_MAX - 1; i++) {
            assertThat(node.addTransaction(spend(new OutPoint(txid, i), 9_000))).isEmpty();
        }
        assertThat(node.addTransaction(spend(coin(2), 1))).hasValue("mempool full");
        node.makeTransactions(5);
        accept(mine(node.template()));
        assertThat(node.addTransaction(spend(coin(2), 1))).isEmpty();
    }

    @Test
    void countsSignatureOperationsOfTheTransaction() {
        Transaction transaction = new Transaction(
                2,
                List.of(new TxIn(coin(1), Script.EMPTY, 0, Witness.OP_TRUE)),
                List.of(new TxOut(5, Script.ofHex("acac"))),
                0);
        assertThat(node.addTransaction(transaction)).isEmpty();
        assertThat(node.template().transactions().getFirst().sigops()).isEqualTo(8);
    }

    @Test
    void madeUpTransactionsAreTheSameForTheSameSeed() {
        EmbeddedOptions quiet = new EmbeddedOptions(ChainProfile.REGTEST, OPTIONS.clock(), 5, 40, 0, null);
        EmbeddedOptions other = new EmbeddedOptions(ChainProfile.REGTEST, OPTIONS.clock(), 6, 40, 0, null);
        try (EmbeddedNode one = EmbeddedNode.start(quiet);
                EmbeddedNode same = EmbeddedNode.start(quiet);
                EmbeddedNode different = EmbeddedNode.start(other)) {
            assertThat(one.template().transactions())
                    .hasSize(40)
                    .isEqualTo(same.template().transactions())
                    .isNotEqualTo(different.template().transactions());
        }
    }

    /// Hours of a demo in small: every block takes fees from transactions made up for it.
    @Test
    void madeUpTransactionsNeverRunOut() {
        for (int i = 0; i < 150; i++) {
            node.makeTransactions(20);
            BlockTemplate template = node.template();
            assertThat(template.transactions()).hasSize(20);
            assertThat(template.fees()).isGreaterThan(20 * 100);
            accept(mine(template));
        }
    }

    @Test
    void transactionsComeByThemselvesAndRaiseFees() throws InterruptedException {
        EmbeddedOptions busy = new EmbeddedOptions(
                ChainProfile.REGTEST, OPTIONS.clock(), 1, 0, EmbeddedOptions.TRANSACTIONS_PER_MINUTE_MAX, null);
        CountDownLatch rises = new CountDownLatch(3);
        NodeListener listener = new NodeListener() {
            @Override
            public void tipChanged(BlockTemplate template) {}

            @Override
            public void feesRose(BlockTemplate template) {
                rises.countDown();
            }
        };
        try (EmbeddedNode lively = EmbeddedNode.start(busy)) {
            lively.watch(new WatchPolicy(Duration.ofMillis(20), 1000), listener);
            rises.await();
        }
    }

    @Test
    void refusesOptionsOutOfBounds() {
        assertThatThrownBy(() -> new EmbeddedOptions(ChainProfile.REGTEST, OPTIONS.clock(), 1, -1, 0, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EmbeddedOptions(
                        ChainProfile.REGTEST, OPTIONS.clock(), 1, Mempool.TRANSACTIONS_MAX + 1, 0, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EmbeddedOptions(ChainProfile.REGTEST, OPTIONS.clock(), 1, 0, 6001, null))
                .hasMessage("transactions per minute are 0 to 6000, not 6001");
    }

    private static Transaction withOutput(OutPoint coin, int scriptSize) {
        TxOut output = new TxOut(0, Script.of(new byte[scriptSize]));
        return new Transaction(2, spend(coin, 1).inputs(), List.of(output), 0);
    }

    private void accept(Block block) {
        assertThat(node.submit(raw(block))).isEqualTo(new SubmitOutcome.Accepted());
    }

    private OutPoint coin(int height) {
        return new OutPoint(node.block(height).orElseThrow().parse().coinbase().txid(), 0);
    }

    private static BlockTemplate withoutFees(BlockTemplate template) {
        return template.withReserved(new CoinbaseReserve(template.weightLimit(), 0));
    }
}
