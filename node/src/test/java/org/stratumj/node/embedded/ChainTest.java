package org.stratumj.node.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.node.TestMiner.block;
import static org.stratumj.node.TestMiner.coinbase;
import static org.stratumj.node.TestMiner.mine;
import static org.stratumj.node.TestMiner.raw;
import static org.stratumj.node.TestMiner.spend;
import static org.stratumj.node.TestMiner.withPrevious;
import static org.stratumj.node.TestMiner.withTime;
import static org.stratumj.node.TestMiner.withVersion;
import static org.stratumj.node.TestMiner.withWork;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.ChainTip;
import org.stratumj.node.SubmitOutcome;

/// Reorganisations, bounds and times of the embedded chain, beyond what every backend must do.
class ChainTest {
    private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted();
    private static final long NOW = 1_800_000_000;

    private long now = NOW;
    private final EmbeddedNode node = EmbeddedNode.start(
            EmbeddedOptions.of(ChainProfile.REGTEST).withoutTransactions().withClock(() -> Instant.ofEpochSecond(now)));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void comesBackWhenTheHeavierBranchTurnsOutInvalid() {
        BlockTemplate fork = node.template();
        Transaction kept = spend(coin(1), 1000);
        assertThat(node.addTransaction(kept)).isEmpty();
        Block ours = mine(node.template());
        accept(ours);
        ChainTip before = node.tip();

        Block first = withWork(withTime(block(fork, List.of()), fork.currentTime() + 1));
        assertThat(node.submit(raw(first))).isEqualTo(rejected("inconclusive"));
        Block bad = withWork(withPrevious(tooGreedy(node.template()), first.hash()));
        assertThat(node.submit(raw(bad))).isEqualTo(rejected("bad-cb-amount"));
        assertThat(node.tip()).isEqualTo(before);
        assertThat(node.transaction(kept.txid())).isPresent();
        assertThat(node.submit(raw(mine(node.template())))).isEqualTo(ACCEPTED);
    }

    @Test
    void givesNoVerdictOnABlockWhoseAncestorIsToBlame() {
        BlockTemplate fork = node.template();
        accept(mine(fork));
        accept(mine(node.template()));
        ChainTip before = node.tip();
        Block bad = withWork(withTime(tooGreedy(fork), fork.currentTime() + 1));
        assertThat(node.submit(raw(bad))).isEqualTo(rejected("inconclusive"));
        Block second = next(bad, fork.height() + 1);
        assertThat(node.submit(raw(second))).isEqualTo(rejected("inconclusive"));
        Block third = next(second, fork.height() + 2);
        assertThat(node.submit(raw(third))).isEqualTo(rejected("inconclusive"));
        assertThat(node.tip()).isEqualTo(before);
        assertThat(node.submit(raw(bad))).isEqualTo(rejected("duplicate-invalid"));
        assertThat(node.submit(raw(third))).isEqualTo(rejected("duplicate-invalid"));
    }

    @Test
    void returnsTransactionsOfBlocksItLeaves() {
        Transaction transaction = spend(coin(1), 1000);
        BlockTemplate fork = node.template();
        assertThat(node.addTransaction(transaction)).isEmpty();
        accept(mine(node.template()));
        assertThat(node.template().transactions()).isEmpty();
        Block rival = withWork(withTime(block(fork, List.of()), fork.currentTime() + 1));
        assertThat(node.submit(raw(rival))).isEqualTo(rejected("inconclusive"));
        assertThat(node.submit(raw(next(rival, fork.height() + 1)))).isEqualTo(ACCEPTED);
        assertThat(node.template().transactions())
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.txid()).isEqualTo(transaction.txid()));
        accept(mine(node.template()));
        assertThat(node.template().transactions()).isEmpty();
    }

    @Test
    void keepsBodiesOfALimitedNumberOfBlocks() {
        for (int i = 0; i < Chain.BODIES_KEPT + 1; i++) {
            accept(mine(node.template()));
        }
        int tip = node.tip().height();
        assertThat(node.block(tip - Chain.BODIES_KEPT)).isEmpty();
        assertThat(node.block(tip - Chain.BODIES_KEPT + 1)).isPresent();
        assertThat(node.block(tip)).isPresent();
        assertThat(node.block(tip + 1)).isEmpty();
        assertThat(node.block(0)).isEmpty();
        assertThat(node.block(-1)).isEmpty();
    }

    @Test
    void remembersALimitedNumberOfSideBlocks() {
        BlockTemplate template = node.template();
        accept(mine(template));
        List<Block> rivals = new ArrayList<>();
        for (int i = 0; i < Chain.SIDE_BLOCKS_MAX + 1; i++) {
            Block rival = withWork(withTime(block(template), template.currentTime() + 1 + i));
            assertThat(node.submit(raw(rival))).isEqualTo(rejected("inconclusive"));
            rivals.add(rival);
        }
        assertThat(node.submit(raw(rivals.getLast()))).isEqualTo(new SubmitOutcome.Duplicate());
        assertThat(node.submit(raw(rivals.get(1)))).isEqualTo(new SubmitOutcome.Duplicate());
        assertThat(node.submit(raw(rivals.getFirst()))).isEqualTo(rejected("inconclusive"));
    }

    @Test
    void remembersALimitedNumberOfInvalidBlocks() {
        BlockTemplate template = node.template();
        Block first = withWork(withTime(tooGreedy(template), template.currentTime()));
        assertThat(node.submit(raw(first))).isEqualTo(rejected("bad-cb-amount"));
        for (int i = 1; i < Chain.INVALID_BLOCKS_MAX; i++) {
            Block another = withWork(withTime(tooGreedy(template), template.currentTime() + i));
            assertThat(node.submit(raw(another))).isEqualTo(rejected("bad-cb-amount"));
        }
        assertThat(node.submit(raw(first))).isEqualTo(rejected("duplicate-invalid"));
        Block last = withWork(withTime(tooGreedy(template), template.currentTime() + Chain.INVALID_BLOCKS_MAX));
        assertThat(node.submit(raw(last))).isEqualTo(rejected("bad-cb-amount"));
        assertThat(node.submit(raw(first))).isEqualTo(rejected("bad-cb-amount"));
    }

    @Test
    void takesAnotherBodyForABlockWhoseWitnessWasSpoilt() {
        Transaction good = spend(coin(1), 1000);
        Block block = withWork(block(node.template(), List.of(good)));
        Transaction spoilt = new Transaction(
                good.version(),
                List.of(good.inputs().getFirst().withWitness(Witness.of(new byte[] {7}))),
                good.outputs(),
                good.lockTime());
        Block mutated = new Block(block.header(), List.of(block.coinbase(), spoilt));
        assertThat(mutated.hash()).isEqualTo(block.hash());
        assertThat(node.submit(raw(mutated))).isEqualTo(rejected("bad-witness-merkle-match"));
        assertThat(node.submit(raw(block))).isEqualTo(ACCEPTED);
    }

    @Test
    void refusesANegativeVersion() {
        Block block = withWork(withVersion(block(node.template()), 0xa0000000L));
        assertThat(node.submit(raw(block))).isEqualTo(rejected("bad-version(0xa0000000)"));
    }

    @Test
    void refusesASpendThatItCannotVerify() {
        Script unknown = Script.ofHex("51");
        BlockTemplate template = node.template();
        Transaction toOpTrue = new Transaction(2, spend(coin(1), 1).inputs(), List.of(new TxOut(1000, unknown)), 0);
        Transaction fromOpTrue = spend(new OutPoint(toOpTrue.txid(), 0), 1000);
        assertThat(node.submit(raw(withWork(block(template, List.of(toOpTrue, fromOpTrue))))))
                .isEqualTo(rejected(
                        "mandatory-script-verify-flag-failed " + "(the embedded chain can spend only P2WSH(OP_TRUE))"));
    }

    @Test
    void acceptsTimesUpToTwoHoursAhead() {
        BlockTemplate template = node.template();
        assertThat(node.submit(raw(withWork(withTime(block(template), NOW + 7201)))))
                .isEqualTo(rejected("time-too-new"));
        assertThat(node.submit(raw(withWork(withTime(block(template), NOW + 7200)))))
                .isEqualTo(ACCEPTED);
    }

    @Test
    void templateTimeNeverFallsBehindTheMedian() {
        now = 1_500_000_000;
        BlockTemplate template = node.template();
        assertThat(template.minTime()).isGreaterThan(now);
        assertThat(template.currentTime()).isEqualTo(template.minTime());
    }

    /// Sixty blocks within one second push the median, not the clock's limit, and a year's pause harms nothing.
    @Test
    void takesBlocksInQuickSuccessionAndAfterALongPause() {
        for (int i = 0; i < 60; i++) {
            accept(mine(node.template()));
        }
        assertThat(node.template().currentTime()).isBetween(NOW, NOW + 60);
        now += 365L * 24 * 60 * 60;
        accept(mine(node.template()));
        assertThat(node.template().currentTime()).isEqualTo(now);
    }

    /// BIP30: a coinbase with the id of one whose output is unspent.
    @Test
    void refusesATransactionThatWouldOverwriteAnUnspentOne() {
        ChainEntry genesis = ChainEntry.genesis(ChainProfile.REGTEST.genesis());
        HashedBlock block = ChainPrefix.blocks(ChainProfile.REGTEST).getFirst();
        Map<OutPoint, Coin> coins = new HashMap<>();
        coins.put(new OutPoint(block.txids().getFirst(), 0), new Coin(new TxOut(1, Script.EMPTY), 0, true));
        assertThatThrownBy(() -> BlockConnector.connect(block, genesis, coins::get, ChainProfile.REGTEST))
                .isInstanceOf(RuleViolation.class)
                .hasMessage("bad-txns-BIP30");
    }

    @Test
    void onSignetRefusesABlockWithoutCommitment() {
        try (EmbeddedNode signet = EmbeddedNode.start(EmbeddedOptions.of(ChainProfile.SIGNET))) {
            BlockTemplate template = signet.template();
            Block block = block(template, coinbase(template, List.of(new TxOut(1, Script.EMPTY))), List.of());
            assertThat(signet.submit(raw(block))).isEqualTo(rejected("high-hash"));
        }
        HashedBlock prefix = ChainPrefix.blocks(ChainProfile.SIGNET).getFirst();
        Transaction coinbase = prefix.block().coinbase();
        Transaction bare =
                new Transaction(2, coinbase.inputs(), List.of(coinbase.outputs().getFirst()), coinbase.lockTime());
        HashedBlock without =
                new HashedBlock(new Block(prefix.block().header(), List.of(bare)), prefix.hash(), prefix.txids());
        assertThatThrownBy(() -> BlockRules.checkProofOfWork(without, ChainProfile.SIGNET))
                .hasMessage("bad-signet-blksig");
        BlockRules.checkProofOfWork(prefix, ChainProfile.SIGNET);
    }

    private void accept(Block block) {
        assertThat(node.submit(raw(block))).isEqualTo(ACCEPTED);
    }

    private OutPoint coin(int height) {
        Block block = node.block(height).orElseThrow().parse();
        return new OutPoint(block.coinbase().txid(), 0);
    }

    private static Block tooGreedy(BlockTemplate template) {
        TxOut output = new TxOut(template.coinbaseValue() + 1, Script.P2WSH_OP_TRUE);
        return block(template, coinbase(template, List.of(output, WitnessCommitment.output(List.of()))), List.of());
    }

    /// An empty block on top of another, on whatever branch.
    private Block next(Block previous, int height) {
        BlockTemplate now = node.template();
        BlockTemplate template = new BlockTemplate(
                now.version(),
                previous.hash(),
                height,
                now.nBits(),
                now.minTime(),
                now.currentTime() + height,
                ChainProfile.REGTEST.subsidy(height),
                true,
                now.weightLimit(),
                now.sigopsLimit(),
                List.of());
        return mine(template);
    }

    private static SubmitOutcome rejected(String reason) {
        return new SubmitOutcome.Rejected(reason);
    }
}
