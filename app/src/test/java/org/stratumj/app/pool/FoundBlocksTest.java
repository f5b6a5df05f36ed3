package org.stratumj.app.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratumj.app.block.BlockParts;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;
import org.stratumj.connection.ConnectionId;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;

class FoundBlocksTest {
    private static final ConnectionId FIRST = new ConnectionId(1);
    private static final ConnectionId SECOND = new ConnectionId(2);

    private static final long JOB = 7;
    private static final MerklePath PATH = new MerklePath(List.of(hash(77)));
    private static final Transaction COINBASE = new Transaction(
            2,
            List.of(new TxIn(OutPoint.NULL, Coinbase.heightPush(500), 0, Witness.EMPTY)),
            List.of(new TxOut(1, Script.P2WSH_OP_TRUE)),
            0);

    private final FoundBlocks blocks = new FoundBlocks();

    @Test
    void givesEachBlockOnceToEachConnection() {
        FoundBlock block = block(1, 100);
        assertThat(add(block)).isTrue();

        assertThat(blocks.takeUnsubmitted(FIRST)).containsExactly(block);
        assertThat(blocks.takeUnsubmitted(FIRST)).isEmpty();
        assertThat(blocks.takeUnsubmitted(SECOND)).containsExactly(block);
    }

    @Test
    void givesBlocksOfAJobAgainWhenAsked() {
        add(block(1, 100));
        blocks.takeUnsubmitted(FIRST);
        blocks.submitAgain(JOB + 1);
        assertThat(blocks.takeUnsubmitted(FIRST)).isEmpty();
        blocks.submitAgain(JOB);
        assertThat(blocks.takeUnsubmitted(FIRST)).containsExactly(block(1, 100));
    }

    @Test
    void givesNoBlockBeforeItIsSaved() {
        blocks.add(block(1, 100));
        assertThat(blocks.takeUnsubmitted(FIRST)).isEmpty();
        blocks.saved(hash(1));
        assertThat(blocks.takeUnsubmitted(FIRST)).containsExactly(block(1, 100));
        blocks.saved(hash(2));
    }

    @Test
    void givesABlockOfAnEarlierLifeUnderTheIdThatItsTemplateHasNow() {
        FoundBlock block = block(1, 100, FoundBlock.NO_JOB);
        blocks.restore(block);
        assertThat(blocks.found()).isZero();
        assertThat(blocks.takeUnsubmitted(FIRST)).containsExactly(block);

        blocks.offer(hash(100), PATH, 1);
        blocks.offer(hash(101), PATH, 9);
        blocks.offer(hash(100), new MerklePath(List.of()), 9);
        assertThat(blocks.takeUnsubmitted(FIRST)).isEmpty();
        blocks.offer(hash(100), PATH, 9);
        assertThat(blocks.takeUnsubmitted(FIRST)).containsExactly(block.at(9));
        assertThat(blocks.takeUnsubmitted(FIRST)).isEmpty();
    }

    @Test
    void doesNotCallABlockOvertakenByTheTipItBuildsOn() {
        blocks.restore(block(1, 100, FoundBlock.NO_JOB));
        assertThat(blocks.onTip(hash(100)).overtaken()).isEmpty();
        assertThat(blocks.onTip(hash(101)).overtaken()).hasSize(1);
    }

    @Test
    void countsTheSameBlockOnce() {
        assertThat(add(block(1, 100))).isTrue();
        assertThat(add(block(1, 100))).isFalse();
        assertThat(blocks.found()).isEqualTo(1);
    }

    @Test
    void countsABlockAsAcceptedWhenItIsTheTip() {
        blocks.onTip(hash(100));
        add(block(1, 100));

        FoundBlocks.Outcome outcome = blocks.onTip(hash(1));

        assertThat(outcome.accepted()).contains(block(1, 100));
        assertThat(outcome.overtaken()).isEmpty();
        assertThat(blocks.accepted()).isEqualTo(1);
        assertThat(blocks.takeUnsubmitted(FIRST)).isEmpty();
    }

    @Test
    void tellsOnceOfABlockThatAnotherOvertook() {
        blocks.onTip(hash(100));
        add(block(1, 100));

        assertThat(blocks.onTip(hash(101)).overtaken()).containsExactly(block(1, 100));
        assertThat(blocks.onTip(hash(102)).overtaken()).isEmpty();
        assertThat(blocks.accepted()).isZero();
    }

    @Test
    void acceptsAnOvertakenBlockToWhichTheChainReturns() {
        blocks.onTip(hash(100));
        add(block(1, 100));
        blocks.onTip(hash(101));

        assertThat(blocks.onTip(hash(1)).accepted()).contains(block(1, 100));
    }

    @Test
    void givesUpABlockSixTipsLater() {
        blocks.onTip(hash(100));
        add(block(1, 100));
        blocks.restore(block(2, 100, FoundBlock.NO_JOB));
        IntStream.rangeClosed(1, FoundBlocks.TIPS_KEPT)
                .forEach(i -> assertThat(blocks.onTip(hash(200 + i)).gone()).isEmpty());
        assertThat(blocks.takeUnsubmitted(FIRST)).hasSize(2);

        assertThat(blocks.onTip(hash(300)).gone())
                .containsExactly(
                        new FoundBlocks.Gone(block(1, 100), "it is not in the chain 6 tips later"),
                        new FoundBlocks.Gone(
                                block(2, 100, FoundBlock.NO_JOB), "no template provider offered its template again"));
        assertThat(blocks.takeUnsubmitted(SECOND)).isEmpty();
    }

    @Test
    void submitsBlocksOnTheTipFirstThenTheNewest() {
        add(block(1, 100));
        add(block(2, 101));
        add(block(3, 101));
        add(block(4, 99));
        blocks.onTip(hash(101));

        assertThat(blocks.takeUnsubmitted(FIRST))
                .containsExactly(block(3, 101), block(2, 101), block(4, 99), block(1, 100));
    }

    @Test
    void keepsABoundedNumberOfBlocksThoseOnTheTipLongest() {
        blocks.onTip(hash(100));
        add(block(1, 100));
        add(block(2, 99));
        IntStream.range(2, FoundBlocks.BLOCKS_MAX).forEach(i -> add(block(10 + i, 100)));
        assertThat(blocks.takeUnsubmitted(FIRST))
                .hasSize(FoundBlocks.BLOCKS_MAX)
                .contains(block(2, 99));

        add(block(3, 100));
        List<FoundBlock> kept = blocks.takeUnsubmitted(SECOND);
        assertThat(kept)
                .hasSize(FoundBlocks.BLOCKS_MAX)
                .doesNotContain(block(2, 99))
                .contains(block(1, 100));

        add(block(4, 100));
        assertThat(blocks.takeUnsubmitted(new ConnectionId(3)))
                .hasSize(FoundBlocks.BLOCKS_MAX)
                .doesNotContain(block(1, 100))
                .contains(block(4, 100));
        assertThat(blocks.found()).isEqualTo(FoundBlocks.BLOCKS_MAX + 2);
    }

    /// The block is in its file at once.
    private boolean add(FoundBlock block) {
        boolean added = blocks.add(block);
        blocks.saved(block.hash());
        return added;
    }

    private static FoundBlock block(int number, int onTip) {
        return block(number, onTip, JOB);
    }

    private static FoundBlock block(int number, int onTip, long jobId) {
        BlockHeader header = new BlockHeader(2, hash(onTip), PATH.root(COINBASE.txid()), 1, 0x207fffffL, number);
        BlockParts parts = new BlockParts(header, RawTransaction.of(COINBASE.bytes()), PATH, "template " + number);
        SubmitSolution message = new SubmitSolution(number, 2, 1, number, Bytes.of(COINBASE.bytes()));
        return new FoundBlock(hash(number), jobId, message, parts);
    }

    private static Hash256 hash(int number) {
        return Hash256.fromDisplayHex("%064x".formatted(number));
    }
}
