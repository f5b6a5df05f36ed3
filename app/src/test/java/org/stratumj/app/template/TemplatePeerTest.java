package org.stratumj.app.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.app.node.ScriptedNode;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.bitcoin.Network;
import org.stratumj.node.BlockTemplate;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataError;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Effect;

class TemplatePeerTest {
    private Instant now = Instant.EPOCH;
    private final TemplateShelf shelf = new TemplateShelf(() -> now);
    private final ScriptedNode node = new ScriptedNode(Templates.onTip(0, 2));
    private final RecordedEvents events = new RecordedEvents();
    private final Solutions solutions = new Solutions(
            "template-provider",
            shelf,
            Network.REGTEST,
            Map.of("node", node::submit),
            null,
            events,
            () -> Instant.EPOCH,
            InstantExecutor::new);
    private final RecordingDownstream downstream = new RecordingDownstream();
    private final TemplatePeer peer = new TemplatePeer(downstream, shelf, solutions, events, false);

    @AfterEach
    void close() {
        solutions.close();
    }

    @Test
    @Tag("TDP-003")
    @Tag("TDP-024")
    @Tag("TDP-030")
    void answersConstraintsAtOnceWithAFutureTemplateAndItsPrevHash() {
        shelf.newTip(Templates.onTip(0, 2));
        List<TemplateToClient> messages = sent(constraints(100));
        assertThat(messages).hasSize(2);
        NewTemplate template = (NewTemplate) messages.get(0);
        SetNewPrevHash prevHash = (SetNewPrevHash) messages.get(1);
        assertThat(template.futureTemplate()).isTrue();
        assertThat(prevHash.templateId()).isEqualTo(template.templateId());
    }

    @Test
    void sendsTheCoinbaseWitnessOfTheDraftWhereConfigured() {
        TemplatePeer draft = new TemplatePeer(downstream, shelf, solutions, events, true);
        shelf.newTip(Templates.onTip(0, 2));
        NewTemplate today = (NewTemplate) sent(constraints(100)).getFirst();

        Effect.All<TemplateToClient> both =
                (Effect.All<TemplateToClient>) draft.onMessage(new CoinbaseOutputConstraints(100, 0));

        Frame frame = ((Effect.Send<TemplateToClient>) both.steps().getFirst())
                .frame()
                .frame();
        assertThat(frame.payload().size())
                .isEqualTo(MessageRegistry.core().encode(today).payload().size() + 1 + U256.SIZE);
        assertThat(MessageRegistry.core().decode(frame)).isEqualTo(today);
        assertThat(sent(both.steps().getLast())).hasOnlyElementsOfType(SetNewPrevHash.class);
    }

    @Test
    void saysNothingBeforeConstraints() {
        shelf.newTip(Templates.onTip(0, 2));
        assertThat(sent(peer.newest())).isEmpty();
        assertThat(sent(peer.onOpen())).isEmpty();
    }

    @Test
    @Tag("MIN-015")
    @Tag("MIN-016")
    @Tag("TDP-005")
    @Tag("TDP-023")
    @Tag("TDP-024")
    @Tag("TDP-030")
    void sendsThePairAgainOnANewTip() {
        shelf.newTip(Templates.onTip(0, 2));
        NewTemplate first = (NewTemplate) sent(constraints(100)).getFirst();
        shelf.newTip(Templates.onTip(1, 0));
        List<TemplateToClient> messages = sent(peer.newest());
        assertThat(messages).hasSize(2);
        assertThat(((NewTemplate) messages.get(0)).templateId()).isGreaterThan(first.templateId());
        SetNewPrevHash prevHash = (SetNewPrevHash) messages.get(1);
        assertThat(prevHash.templateId()).isEqualTo(((NewTemplate) messages.get(0)).templateId());
        assertThat(prevHash.prevHash().bytes()).isEqualTo(Templates.tipHash(1).bytes());
    }

    @Test
    @Tag("MIN-017")
    @Tag("TDP-004")
    void sendsATemplateForNowWhenFeesRise() {
        shelf.newTip(Templates.onTip(0, 2));
        sent(constraints(100));
        shelf.newFees(Templates.onTip(0, 5));
        List<TemplateToClient> messages = sent(peer.newest());
        assertThat(messages).singleElement().isInstanceOfSatisfying(NewTemplate.class, template -> {
            assertThat(template.futureTemplate()).isFalse();
            assertThat(template.coinbaseTxValueRemaining()).isEqualTo(Templates.SUBSIDY + 5 * Templates.FEE);
        });
    }

    /// Testnet's target on one tip falls to the limit twenty minutes after the last block.
    @Test
    void announcesAnotherTargetOnTheSameTipAsANewTip() {
        ProvidedTemplate before =
                shelf.newTip(Templates.onTip(0, 2)).withFirst(2).orElseThrow();
        sent(constraints(100));
        shelf.newFees(Templates.withBits(Templates.onTip(0, 2), 0x200f_ffffL));
        List<TemplateToClient> messages = sent(peer.newest());
        assertThat(messages).hasSize(2);
        NewTemplate template = (NewTemplate) messages.get(0);
        SetNewPrevHash prevHash = (SetNewPrevHash) messages.get(1);
        assertThat(template.futureTemplate()).isTrue();
        assertThat(prevHash.templateId()).isEqualTo(template.templateId());
        assertThat(prevHash.nBits()).isEqualTo(0x200f_ffffL);
        assertThat(prevHash.prevHash().bytes()).isEqualTo(Templates.tipHash(0).bytes());

        now = now.plusSeconds(3600);
        for (SubmitSolution solution : List.of(
                MinedCoinbase.solve(template, prevHash, true),
                MinedCoinbase.solve(before.newTemplate(true), before.setNewPrevHash(), true))) {
            peer.onMessage(solution);
        }
        assertThat(node.submitted())
                .extracting(block -> block.header().nBits())
                .containsExactly(0x200f_ffffL, 0x207f_ffffL);
    }

    @Test
    void sendsNothingTwice() {
        shelf.newTip(Templates.onTip(0, 2));
        sent(constraints(100));
        assertThat(sent(peer.newest())).isEmpty();
    }

    @Test
    void sendsOnlyTheNewestStateAfterThePeerWasFull() {
        shelf.newTip(Templates.onTip(0, 2));
        sent(constraints(100));
        downstream.writable(false);
        shelf.newTip(Templates.onTip(1, 0));
        assertThat(sent(peer.newest())).isEmpty();
        shelf.newTip(Templates.onTip(2, 0));
        assertThat(sent(peer.newest())).isEmpty();
        shelf.newFees(Templates.onTip(2, 4));
        assertThat(sent(peer.newest())).isEmpty();
        downstream.writable(true);
        List<TemplateToClient> messages = sent(peer.onWritable());
        assertThat(messages).hasSize(2);
        assertThat(((NewTemplate) messages.get(0)).coinbaseTxValueRemaining())
                .isEqualTo(Templates.SUBSIDY + 4 * Templates.FEE);
        assertThat(((SetNewPrevHash) messages.get(1)).prevHash().bytes())
                .isEqualTo(Templates.tipHash(2).bytes());
    }

    @Test
    @Tag("TDP-013")
    void rebuildsForLaterConstraints() {
        BlockTemplate tight = Templates.onTip(0, 2, 1168 + 4 * 2000);
        shelf.newTip(tight);
        assertThat(((NewTemplate) sent(constraints(100)).getFirst()).coinbaseTxValueRemaining())
                .isEqualTo(Templates.SUBSIDY + 2 * Templates.FEE);
        List<TemplateToClient> messages = sent(constraints(2000));
        assertThat(messages).hasSize(2);
        assertThat(((NewTemplate) messages.getFirst()).coinbaseTxValueRemaining())
                .isEqualTo(Templates.SUBSIDY);
    }

    @Test
    @Tag("TDP-015")
    void repeatsConstraintsWithARisingId() {
        shelf.newTip(Templates.onTip(0, 2));
        NewTemplate first = (NewTemplate) sent(constraints(100)).getFirst();
        NewTemplate second = (NewTemplate) sent(constraints(100)).getFirst();
        assertThat(second.templateId()).isGreaterThan(first.templateId());
    }

    @Test
    void takesTheLargestCoinbaseThatFitsTheProtocolAndNoMore() {
        shelf.newTip(Templates.onTip(0, 2));
        assertThat(sent(constraints(TemplatePeer.OUTPUT_BYTES_MAX))).hasSize(2);
        assertThat(closeReason(constraints(TemplatePeer.OUTPUT_BYTES_MAX + 1)))
                .isEqualTo("CoinbaseOutputConstraints asks for 65536 bytes of outputs; at most 65535 fit a coinbase");
    }

    @Test
    void closesOnConstraintsThatLeaveNoRoomForABlock() {
        shelf.newTip(Templates.onTip(0, 0, 5000));
        assertThat(sent(constraints((5000 - 1168) / 4))).hasSize(2);
        assertThat(closeReason(constraints((5000 - 1168) / 4 + 1))).contains("leaves no room for a block");
    }

    @Test
    @Tag("TDP-033")
    void givesTheTransactionsOfALiveTemplate() {
        shelf.newTip(Templates.onTip(0, 2));
        long id = ((NewTemplate) sent(constraints(100)).getFirst()).templateId();
        assertThat(sent(peer.onMessage(new RequestTransactionData(id))))
                .singleElement()
                .isInstanceOfSatisfying(
                        RequestTransactionDataSuccess.class,
                        data -> assertThat(data.transactionList()).hasSize(2));
    }

    @Test
    void givesTheTransactionsOfATemplateThatJustWentStale() {
        shelf.newTip(Templates.onTip(0, 2));
        long id = ((NewTemplate) sent(constraints(100)).getFirst()).templateId();
        shelf.newTip(Templates.onTip(1, 0));
        now = now.plus(TemplateShelf.STALE_KEPT);
        assertThat(sent(peer.onMessage(new RequestTransactionData(id))))
                .singleElement()
                .isInstanceOfSatisfying(
                        RequestTransactionDataSuccess.class,
                        data -> assertThat(data.transactionList()).hasSize(2));
        now = now.plusMillis(1);
        assertThat(errorFor(id)).isEqualTo("stale-template-id");
    }

    @Test
    void namesStaleAndUnknownTemplates() {
        shelf.newTip(Templates.onTip(0, 2));
        long id = ((NewTemplate) sent(constraints(100)).getFirst()).templateId();
        shelf.newTip(Templates.onTip(1, 2));
        now = now.plus(TemplateShelf.STALE_KEPT).plusMillis(1);
        assertThat(errorFor(id)).isEqualTo("stale-template-id");
        assertThat(errorFor(id + (1L << 32) * 1000)).isEqualTo("template-id-not-found");
        assertThat(errorFor(0)).isEqualTo("template-id-not-found");
        assertThat(errorFor(-1)).isEqualTo("template-id-not-found");
    }

    @Test
    void letsAClientChangeItsMindOnlySoOften() {
        shelf.newTip(Templates.onTip(0, 2));
        for (int i = 0; i <= TemplatePeer.REPEATS_MAX; i++) {
            assertThat(sent(constraints(i))).hasSize(2);
        }
        assertThat(closeReason(constraints(1))).contains("more than 64 times for one template");
        shelf.newFees(Templates.onTip(0, 3));
        assertThat(sent(constraints(1))).hasSize(2);
    }

    @Test
    void givesTransactionsOnlySoOften() {
        shelf.newTip(Templates.onTip(0, 2));
        long id = ((NewTemplate) sent(constraints(100)).getFirst()).templateId();
        for (int i = 0; i < TemplatePeer.TRANSACTION_ANSWERS_MAX; i++) {
            assertThat(sent(peer.onMessage(new RequestTransactionData(id)))).hasSize(1);
        }
        assertThat(closeReason(peer.onMessage(new RequestTransactionData(id))))
                .isEqualTo("RequestTransactionData came more than 16 times between two templates");
    }

    @Test
    void logsRefusedSolutionsUpToABound() {
        SubmitSolution unknown = new SubmitSolution(77, 1, 1, 1, Bytes.EMPTY);
        for (int i = 0; i < TemplatePeer.REFUSALS_LOGGED_MAX + 5; i++) {
            assertThat(sent(peer.onMessage(unknown))).isEmpty();
        }
        assertThat(events.texts()).hasSize(TemplatePeer.REFUSALS_LOGGED_MAX);
        assertThat(events.texts().getFirst()).isEqualTo("solution from #7 refused: template 77 is not known any more");
        assertThat(events.texts().getLast()).endsWith("(no more of this connection are logged)");
    }

    private String errorFor(long id) {
        RequestTransactionDataError error = (RequestTransactionDataError)
                sent(peer.onMessage(new RequestTransactionData(id))).getFirst();
        assertThat(error.templateId()).isEqualTo(id);
        return error.errorCode().text();
    }

    private Effect<TemplateToClient> constraints(long size) {
        return peer.onMessage(new CoinbaseOutputConstraints(size, 0));
    }

    private static List<TemplateToClient> sent(Effect<TemplateToClient> effect) {
        return switch (effect) {
            case Effect.None<TemplateToClient> _ -> List.of();
            case Effect.Reply<TemplateToClient> reply -> reply.messages();
            case Effect.All<TemplateToClient> all ->
                all.steps().stream().flatMap(step -> sent(step).stream()).toList();
            default -> throw new AssertionError("unexpected " + effect);
        };
    }

    private static String closeReason(Effect<TemplateToClient> effect) {
        return ((Effect.Close<TemplateToClient>) effect).reason().text();
    }
}
