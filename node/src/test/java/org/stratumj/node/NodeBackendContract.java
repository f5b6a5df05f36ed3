package org.stratumj.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.node.TestMiner.block;
import static org.stratumj.node.TestMiner.mine;
import static org.stratumj.node.TestMiner.raw;
import static org.stratumj.node.TestMiner.spend;
import static org.stratumj.node.TestMiner.withPrevious;
import static org.stratumj.node.TestMiner.withTime;
import static org.stratumj.node.TestMiner.withVersion;
import static org.stratumj.node.TestMiner.withWork;
import static org.stratumj.node.TestMiner.withoutWork;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;

/// What every backend must do, whatever node is behind it. The node is on regtest and has the first blocks of the
/// embedded chain, whose early coinbases are mature. Tests run one after the other on the same node and build on
/// what they find.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NodeBackendContract {
    private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted();

    private final List<TestCoin> scenicCoins = new ArrayList<>();

    /// The backend under test, with the prefix loaded.
    protected abstract NodeBackend node();

    /// Gives the node a transaction to put in its templates.
    protected abstract void broadcast(Transaction transaction);

    /// The node's time, seconds since the Unix epoch.
    protected abstract long now();

    /// The first mature coin that no test has spent yet.
    protected abstract TestCoin freshCoin();

    /// Blocks from height 1 on with which the node has to begin.
    protected static List<RawBlock> prefix() {
        try (EmbeddedNode chain =
                EmbeddedNode.start(EmbeddedOptions.of(ChainProfile.REGTEST).withoutTransactions())) {
            List<RawBlock> blocks = new ArrayList<>();
            for (int height = 1; height <= EmbeddedNode.PREFIX_BLOCKS; height++) {
                blocks.add(chain.block(height).orElseThrow());
            }
            return blocks;
        }
    }

    /// A P2WSH(OP_TRUE) coin.
    ///
    /// @param where the output
    /// @param value satoshis
    public record TestCoin(OutPoint where, long value) {
        /// A transaction that spends the coin to P2WSH(OP_TRUE) again, but for a fee.
        Transaction spendWithFee(long fee) {
            return spend(where, value - fee);
        }

        /// A transaction that spends it without fee, with a sequence and a lock time.
        Transaction spendLocked(long sequence, long lockTime) {
            return spend(where, value, sequence, lockTime);
        }

        /// The first output of a block's coinbase.
        public static TestCoin ofCoinbase(Block block) {
            Transaction coinbase = block.coinbase();
            return new TestCoin(
                    new OutPoint(coinbase.txid(), 0),
                    coinbase.outputs().getFirst().value());
        }
    }

    @Test
    void templateBuildsOnTheTip() {
        BlockTemplate template = node().template();
        ChainTip tip = node().tip();
        assertThat(template.prevHash()).isEqualTo(tip.hash());
        assertThat(template.height()).isEqualTo(tip.height() + 1);
        assertThat(template.nBits()).isEqualTo(0x207fffffL);
        assertThat(template.currentTime()).isGreaterThanOrEqualTo(template.minTime());
        assertThat(template.segwit()).isTrue();
        assertThat(template.requiredOutputs()).hasSize(1);
        assertThat(template.weightLimit()).isEqualTo(Block.WEIGHT_MAX);
        assertThat(template.sigopsLimit()).isEqualTo(Block.SIGOPS_MAX);
    }

    @Test
    void acceptsABlockMadeOfItsTemplate() {
        Transaction transaction = freshCoin().spendWithFee(5000);
        broadcast(transaction);
        BlockTemplate template = templateWith(transaction);
        assertThat(template.fees()).isGreaterThanOrEqualTo(5000);
        Block block = mine(template);
        assertThat(node().propose(raw(block(template)))).isEqualTo(ACCEPTED);
        assertThat(node().submit(raw(block))).isEqualTo(ACCEPTED);
        assertThat(node().tip()).isEqualTo(new ChainTip(block.hash(), template.height()));
        assertThat(node().template().transactions())
                .extracting(TemplateTransaction::txid)
                .doesNotContain(transaction.txid());
    }

    @Test
    void knowsABlockItHasAlready() {
        Block block = mine(node().template());
        assertThat(node().submit(raw(block))).isEqualTo(ACCEPTED);
        assertThat(node().submit(raw(block))).isEqualTo(new SubmitOutcome.Duplicate());
        assertThat(node().propose(raw(block))).isEqualTo(new SubmitOutcome.Duplicate());
    }

    @Test
    void acceptsRolledVersionBitsAndLaterTime() {
        BlockTemplate template = node().template();
        Block block =
                withTime(withVersion(block(template), template.version() | 0x1fffe000L), template.currentTime() + 60);
        assertThat(node().submit(raw(withWork(block)))).isEqualTo(ACCEPTED);
    }

    @Test
    void acceptsTheSmallestTimeOfTheTemplate() {
        BlockTemplate template = node().template();
        assertThat(node().submit(raw(withWork(withTime(block(template), template.minTime())))))
                .isEqualTo(ACCEPTED);
    }

    @Test
    void trimmedTemplateStaysValid() {
        Transaction parent = freshCoin().spendWithFee(5000);
        Transaction child = spend(
                new OutPoint(parent.txid(), 0), parent.outputs().getFirst().value() - 1000);
        broadcast(parent);
        broadcast(child);
        BlockTemplate template = templateWith(child);
        int weight = template.transactions().stream()
                .mapToInt(TemplateTransaction::weight)
                .sum();
        BlockTemplate trimmed = template.withReserved(new CoinbaseReserve(Block.WEIGHT_MAX - weight + 1, 0));
        assertThat(trimmed.transactions())
                .isEqualTo(template.transactions()
                        .subList(0, template.transactions().size() - 1));
        assertThat(trimmed.fees()).isLessThan(template.fees());
        assertThat(node().propose(raw(block(trimmed)))).isEqualTo(ACCEPTED);
        assertThat(node().submit(raw(mine(template)))).isEqualTo(ACCEPTED);
    }

    @Test
    void describesTransactionsAsTheyAre() {
        Transaction transaction = freshCoin().spendWithFee(7000);
        broadcast(transaction);
        TemplateTransaction described = templateWith(transaction).transactions().stream()
                .filter(each -> each.txid().equals(transaction.txid()))
                .findFirst()
                .orElseThrow();
        assertThat(described)
                .isEqualTo(new TemplateTransaction(
                        RawTransaction.of(transaction.bytes()),
                        transaction.txid(),
                        transaction.wtxid(),
                        7000,
                        transaction.weight(),
                        0));
    }

    @Test
    void findsTransactionsByBothIds() {
        Transaction transaction = freshCoin().spendWithFee(5000);
        RawTransaction raw = RawTransaction.of(transaction.bytes());
        assertThat(node().transaction(transaction.txid())).isEmpty();
        broadcast(transaction);
        templateWith(transaction);
        assertThat(node().transaction(transaction.txid())).hasValue(raw);
        assertThat(node().transactionsByWtxid(Set.of(transaction.wtxid(), Hash256.ZERO)))
                .containsOnlyKeys(transaction.wtxid())
                .containsValue(raw);
        assertThat(node().transactionsByWtxid(Set.of())).isEmpty();
    }

    @Test
    void proposesTransactionsThatTheNodeHasNotSeen() {
        BlockTemplate template = node().template();
        List<Transaction> transactions = new ArrayList<>(TestMiner.transactions(template));
        transactions.add(freshCoin().spendWithFee(0));
        assertThat(node().propose(raw(block(template, transactions)))).isEqualTo(ACCEPTED);
    }

    @Test
    void refusesAProposalOnAnotherBlock() {
        Block block = withPrevious(block(node().template()), Hash256.ZERO);
        assertThat(node().propose(raw(block))).isEqualTo(rejected("inconclusive-not-best-prevblk"));
    }

    @Test
    void keepsTheFirstOfTwoBlocksAtTheSameHeight() {
        BlockTemplate template = node().template();
        Block first = mine(template);
        Block second = withWork(withTime(block(template), template.currentTime() + 1));
        assertThat(node().submit(raw(first))).isEqualTo(ACCEPTED);
        assertThat(node().submit(raw(second))).isEqualTo(rejected("inconclusive"));
        assertThat(node().tip().hash()).isEqualTo(first.hash());
        assertThat(node().submit(raw(second))).isEqualTo(new SubmitOutcome.Duplicate());
    }

    @Test
    void movesToTheBranchWithMoreWork() {
        BlockTemplate template = node().template();
        Block first = mine(template);
        Block rival = withWork(withTime(block(template, List.of()), template.currentTime() + 2));
        assertThat(node().submit(raw(first))).isEqualTo(ACCEPTED);
        assertThat(node().submit(raw(rival))).isEqualTo(rejected("inconclusive"));
        Block next = withWork(withPrevious(block(node().template(), List.of()), rival.hash()));
        assertThat(node().submit(raw(next))).isEqualTo(ACCEPTED);
        assertThat(node().tip()).isEqualTo(new ChainTip(next.hash(), template.height() + 1));
    }

    @Test
    void refusesABlockWithoutProofOfWork() {
        assertThat(node().submit(raw(withoutWork(block(node().template()))))).isEqualTo(rejected("high-hash"));
        Block tooEasy = TestMiner.withBits(block(node().template()), 0x2100ffffL);
        assertThat(node().submit(raw(withWork(tooEasy)))).isEqualTo(rejected("high-hash"));
    }

    @Test
    void refusesBytesThatAreNoBlock() {
        byte[] bytes = mine(node().template()).bytes();
        RawBlock cut = RawBlock.of(Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(node().submit(cut)).isEqualTo(rejected("Block decode failed"));
        assertThat(node().propose(cut)).isEqualTo(rejected("Block decode failed"));
    }

    @Test
    void remembersInvalidBlocksAndWhatBuildsOnThem() {
        BlockTemplate template = node().template();
        Block bad = withWork(block(
                template,
                TestMiner.coinbase(
                        template,
                        List.of(
                                new TxOut(template.coinbaseValue() + 2, Script.P2WSH_OP_TRUE),
                                WitnessCommitment.output(List.of()))),
                List.of()));
        assertThat(node().submit(raw(bad))).isEqualTo(rejected("bad-cb-amount"));
        assertThat(node().submit(raw(bad))).isEqualTo(rejected("duplicate-invalid"));
        Block child = withWork(withPrevious(block(template, List.of()), bad.hash()));
        assertThat(node().submit(raw(child))).isEqualTo(rejected("bad-prevblk"));
    }

    @ParameterizedTest
    @MethodSource("badBlocks")
    void refusesABadBlockForTheReasonBitcoinCoreGives(BadBlocks bad) {
        BadBlocks.Scene scene = emptyScene();
        Block block = bad.maker().apply(scene);
        if (bad.proposable()) {
            assertThat(node().propose(raw(block))).as("proposal").satisfies(outcome -> begins(outcome, bad.reason()));
        }
        assertThat(node().submit(raw(withWork(block)))).as("block").satisfies(outcome -> begins(outcome, bad.reason()));
        assertThat(node().tip().hash()).isEqualTo(scene.template().prevHash());
    }

    static Stream<BadBlocks> badBlocks() {
        return BadBlocks.all().stream();
    }

    @Test
    void watchBeginsWithTheTipAndTellsOfEachNewOne() throws InterruptedException {
        Recorder recorder = new Recorder();
        try (Watch _ = node().watch(WatchPolicy.DEFAULT, recorder)) {
            BlockTemplate first = recorder.await("tip");
            assertThat(first.prevHash()).isEqualTo(node().tip().hash());
            for (int i = 0; i < 3; i++) {
                Block block = mine(node().template());
                assertThat(node().submit(raw(block))).isEqualTo(ACCEPTED);
                assertThat(recorder.await("tip").prevHash()).isEqualTo(block.hash());
            }
        }
    }

    @Test
    void watchTellsOfFeesThatRiseEnough() throws InterruptedException {
        emptyScene();
        Recorder recorder = new Recorder();
        try (Watch _ = node().watch(new WatchPolicy(Duration.ofMillis(100), 3000), recorder)) {
            recorder.await("tip");
            broadcast(freshCoin().spendWithFee(2999));
            templateWithFees(2999);
            broadcast(freshCoin().spendWithFee(500));
            assertThat(recorder.await("fees").fees()).isEqualTo(3499);
        }
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void closedWatchTellsNothing() throws InterruptedException {
        Recorder closed = new Recorder();
        Recorder open = new Recorder();
        Watch watch = node().watch(WatchPolicy.DEFAULT, closed);
        closed.await("tip");
        watch.close();
        try (Watch _ = node().watch(WatchPolicy.DEFAULT, open)) {
            open.await("tip");
            assertThat(node().submit(raw(mine(node().template())))).isEqualTo(ACCEPTED);
            open.await("tip");
        }
        assertThat(closed.events).isEmpty();
    }

    /// Mines what waits, so that templates are empty, and describes the place where the next block goes.
    private BadBlocks.Scene emptyScene() {
        Block block = mine(node().template());
        assertThat(node().submit(raw(block))).isEqualTo(ACCEPTED);
        BlockTemplate template = node().template();
        assertThat(template.transactions()).isEmpty();
        OutPoint immature = new OutPoint(block.coinbase().txid(), 0);
        return new BadBlocks.Scene(template, scenicCoins(), immature, now());
    }

    private List<TestCoin> scenicCoins() {
        if (scenicCoins.isEmpty()) {
            scenicCoins.addAll(List.of(freshCoin(), freshCoin()));
        }
        return scenicCoins;
    }

    /// The node's template once it has the transaction: nodes make new ones every few seconds only.
    private BlockTemplate templateWith(Transaction transaction) {
        return awaitTemplate(template ->
                template.transactions().stream().anyMatch(each -> each.txid().equals(transaction.txid())));
    }

    private void templateWithFees(long fees) {
        awaitTemplate(template -> template.fees() == fees);
    }

    private BlockTemplate awaitTemplate(Predicate<BlockTemplate> wanted) {
        BlockTemplate template = node().template();
        while (!wanted.test(template)) {
            assertThat(Thread.currentThread().isInterrupted()).as("interrupted").isFalse();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            template = node().template();
        }
        return template;
    }

    private static SubmitOutcome rejected(String reason) {
        return new SubmitOutcome.Rejected(reason);
    }

    private static void begins(SubmitOutcome outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SubmitOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).startsWith(reason));
    }

    /// Keeps what a watch tells.
    private static final class Recorder implements NodeListener {
        private record Event(String kind, BlockTemplate template) {}

        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

        @Override
        public void tipChanged(BlockTemplate template) {
            events.add(new Event("tip", template));
        }

        @Override
        public void feesRose(BlockTemplate template) {
            events.add(new Event("fees", template));
        }

        BlockTemplate await(String kind) throws InterruptedException {
            Event event = events.take();
            assertThat(event.kind).isEqualTo(kind);
            return event.template;
        }
    }
}
