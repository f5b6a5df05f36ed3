package org.stratumj.app.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.TemplateTransaction;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;

class ProvidedTemplateTest {
    private final BlockTemplate template = Templates.onTip(0, 3);
    private final ProvidedTemplate provided = new ProvidedTemplate(new TemplateId(0, 0, 42), template);

    @Test
    void carriesTheFieldsOfTheNode() {
        NewTemplate message = provided.newTemplate(true);
        assertThat(message.templateId()).isEqualTo(42);
        assertThat(message.futureTemplate()).isTrue();
        assertThat(message.version()).isEqualTo(0x2000_0000L);
        assertThat(message.coinbaseTxValueRemaining()).isEqualTo(Templates.SUBSIDY + 3 * Templates.FEE);
        assertThat(provided.newTemplate(false).futureTemplate()).isFalse();
    }

    @Test
    @Tag("TDP-018")
    void startsTheCoinbaseWithTheHeightAndDatesItOneBelow() {
        NewTemplate message = provided.newTemplate(true);
        assertThat(message.coinbasePrefix().toHex()).isEqualTo("02f401"); // a push of 500
        assertThat(message.coinbasePrefix().size()).isLessThanOrEqualTo(8);
        assertThat(message.coinbaseTxLocktime()).isEqualTo(499);
        assertThat(message.coinbaseTxInputSequence()).isEqualTo(0xffff_fffeL);
        assertThat(message.coinbaseTxVersion()).isEqualTo(2);
    }

    @Test
    @Tag("TDP-020")
    @Tag("TDP-022")
    void givesTheCommitmentWithoutACount() {
        NewTemplate message = provided.newTemplate(true);
        byte[] commitment = WitnessCommitment.output(template.transactions().stream()
                        .map(TemplateTransaction::wtxid)
                        .toList())
                .bytes();
        assertThat(message.coinbaseTxOutputsCount()).isEqualTo(1);
        assertThat(message.coinbaseTxOutputs().bytes()).isEqualTo(commitment);
    }

    @Test
    @Tag("TDP-031")
    void startsTheHeaderTimeAtTheNodesTime() {
        SetNewPrevHash message = provided.setNewPrevHash();
        assertThat(message.headerTimestamp()).isEqualTo(1_700_000_600L);
        assertThat(message.templateId()).isEqualTo(42);
        assertThat(message.prevHash().bytes()).isEqualTo(Templates.tipHash(0).bytes());
        assertThat(message.nBits()).isEqualTo(0x207f_ffffL);
        assertThat(Target.ofLittleEndian(message.target().bytes())).isEqualTo(Target.fromCompact(0x207f_ffffL));
    }

    @Test
    void neverStartsTheHeaderTimeBelowTheMinimum() {
        BlockTemplate behind = new BlockTemplate(
                1, Templates.tipHash(0), 1, 0x207f_ffffL, 2_000, 1_000, 0, true, 4_000_000, 80_000, List.of());
        assertThat(new ProvidedTemplate(new TemplateId(1, 0, 0), behind)
                        .setNewPrevHash()
                        .headerTimestamp())
                .isEqualTo(2_000);
    }

    @Test
    @Tag("TDP-033")
    @Tag("TDP-036")
    @Tag("TDP-037")
    @Tag("TDP-038")
    @Tag("TDP-039")
    void givesTransactionsInTemplateOrderWithTheirWitnesses() {
        RequestTransactionDataSuccess message = provided.transactionData();
        assertThat(message.templateId()).isEqualTo(42);
        assertThat(message.transactionList())
                .containsExactlyElementsOf(template.transactions().stream()
                        .map(transaction -> Bytes.of(transaction.raw().bytes()))
                        .toList());
    }

    @ParameterizedTest
    @Tag("SEG-008")
    @Tag("TDP-041")
    @ValueSource(ints = {0, 1, 2, 3, 7, 8})
    void rebuildsTheWholeBlockFromASolution(int transactions) {
        BlockTemplate node = Templates.onTip(0, transactions);
        ProvidedTemplate one = new ProvidedTemplate(new TemplateId(1, 0, transactions), node);
        SubmitSolution found = MinedCoinbase.solve(one.newTemplate(true), one.setNewPrevHash(), true);

        Solution solution = one.solution(found);

        Block block = solution.block().parse();
        assertThat(solution.meetsTarget()).isTrue();
        assertThat(block.hash()).isEqualTo(solution.hash());
        assertThat(block.header().merkleRoot()).isEqualTo(block.computeMerkleRoot());
        assertThat(block.transactions()).hasSize(transactions + 1);
        assertThat(block.coinbase().hasWitness()).isTrue();
        assertThat(Coinbase.height(block.coinbase().inputs().getFirst().scriptSig()))
                .hasValue(node.height());
        int commitment = WitnessCommitment.find(block.coinbase()).orElseThrow();
        assertThat(block.coinbase().outputs().get(commitment))
                .isEqualTo(node.requiredOutputs().getFirst());
    }

    @Test
    void knowsThatAHashMissesTheTarget() {
        SubmitSolution miss = MinedCoinbase.solve(provided.newTemplate(true), provided.setNewPrevHash(), false);
        assertThat(provided.solution(miss).meetsTarget()).isFalse();
    }

    @Test
    void refusesACoinbaseThatIsNoTransaction() {
        SubmitSolution garbage = new SubmitSolution(42, 1, 1, 1, Bytes.ofHex("0200"));
        assertThatThrownBy(() -> provided.solution(garbage)).isInstanceOf(BitcoinFormatException.class);
    }

    @Test
    @Tag("TDP-008")
    @Tag("TDP-009")
    @Tag("TDP-010")
    @Tag("TDP-013")
    void fitsAFullCoinbaseIntoTheReserve() {
        // What spec 07 §7.1 counts besides the client's outputs, filled to the brim, stays within the 1168 units.
        NewTemplate message = provided.newTemplate(true);
        Transaction slim = MinedCoinbase.coinbase(message);
        byte[] scriptSig = new byte[Coinbase.SCRIPT_SIG_MAX];
        Transaction full = new Transaction(
                slim.version(),
                List.of(new org.stratumj.bitcoin.TxIn(
                        slim.inputs().getFirst().previous(),
                        Script.of(scriptSig),
                        slim.inputs().getFirst().sequence(),
                        slim.inputs().getFirst().witness())),
                slim.outputs(),
                slim.lockTime());
        int clientOutputs = slim.outputs().getFirst().bytes().length;
        assertThat(full.weight() + 320 + 12).isLessThanOrEqualTo(1168 + 4 * clientOutputs);
    }
}
