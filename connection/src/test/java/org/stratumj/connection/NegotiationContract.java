package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.ExtensionsRefused;
import org.stratumj.connection.CloseReason.HandlerFailed;
import org.stratumj.connection.CloseReason.ProtocolViolation;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.ChannelEndpointChanged;
import org.stratumj.protocol.common.Reconnect;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsError;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsSuccess;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;

/// How the two ends agree on extensions, and what goes over the wire only then, on any network.
abstract class NegotiationContract {
    private static final ConnectionLimits LIMITS = ConnectionLimits.defaults();
    private static final ExtensionPolicy WANTS_2_AND_7 = ExtensionPolicy.supporting(2, 7);
    private static final ExtensionPolicy REQUIRES_2 = new ExtensionPolicy(Set.of(2, 7), Set.of(2));

    final RecordingHandler client = new RecordingHandler();
    TestBed bed;

    abstract TestBed openBed();

    @BeforeEach
    void open() {
        bed = openBed();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    // Between two ends of ours.

    @Test
    @Tag("NEG-001")
    @Tag("NEG-013")
    void bothEndsAgreeOnWhatBothSupport() {
        Listening listening = listening(new ExtensionPolicy(Set.of(7, 0x4001), Set.of(7)));
        RecordingHandler wanting = dial(listening, WANTS_2_AND_7);
        bed.await(() -> wanting.isOpen());

        assertThat(wanting.connection.extensions()).containsExactly(7);
        assertThat(listening.only().connection.extensions()).containsExactly(7);
    }

    @Test
    void clientWithoutWishesAsksNothing() {
        ScriptedServer server = ScriptedServer.on(bed);
        dial(server, ExtensionPolicy.NONE);
        bed.await(() -> client.isOpen());
        client.onLane(connection -> connection.send(share(1, Tlvs.NONE)));
        bed.await(() -> server.received.size() == 2);

        assertThat(server.received).last().isEqualTo(share(1, Tlvs.NONE));
    }

    @Test
    void clientLeavesServerWithoutARequiredExtension() {
        RecordingHandler wanting = dial(listening(ExtensionPolicy.supporting(7)), REQUIRES_2);
        bed.await(() -> wanting.closed != null);

        assertThat(wanting.closed)
                .isEqualTo(
                        new ExtensionsRefused("the server does not support extensions that are required here: 0x0002"));
        assertThat(wanting.events).containsExactly("closed");
    }

    @Test
    @Tag("NEG-014")
    void clientGoesOnWithoutExtensionsThatAreNotRequired() {
        RecordingHandler wanting = dial(listening(ExtensionPolicy.NONE), WANTS_2_AND_7);
        bed.await(() -> wanting.isOpen());

        assertThat(wanting.connection.extensions()).isEmpty();
    }

    // The order of messages.

    @Test
    @Tag("NEG-008")
    @Tag("NEG-009")
    @Tag("NEG-011")
    void clientAsksFirstAndSaysNothingElseUntilTheAnswer() {
        ScriptedServer server = ScriptedServer.on(bed);
        client.onOpen = connection -> connection.send(share(1, Tlvs.NONE));
        dial(server, WANTS_2_AND_7);
        bed.await(() -> server.received.size() == 2);
        Connection early = dialled;
        early.lane().execute(() -> early.send(share(99, Tlvs.NONE))); // dropped: it is not open
        settle();
        assertThat(client.events).isEmpty();
        assertThat(server.received).hasSize(2);
        assertThat(server.received.getFirst()).isInstanceOf(SetupConnection.class);
        assertThat(server.received.get(1)).isEqualTo(new RequestExtensions(1, List.of(2, 7)));

        server.send(new RequestExtensionsSuccess(1, List.of(2)));
        bed.await(() -> server.received.size() == 3);
        assertThat(server.received.get(2)).isEqualTo(share(1, Tlvs.NONE));
        assertThat(client.connection.extensions()).containsExactly(2);
    }

    @Test
    void whatTheServerSendsBeforeItsAnswerFollowsTheOpening() {
        ScriptedServer server = ScriptedServer.on(bed);
        UnknownMessage unknown = new UnknownMessage(0x4001, false, 3, Bytes.ofHex("00"));
        Reconnect reconnect = new Reconnect(Str0255.of("b.example"), 4444);
        server.script =
                answering(credit(1), unknown, reconnect, new RequestExtensionsSuccess(1, List.of(7)), credit(2));
        dial(server, WANTS_2_AND_7);
        bed.await(() -> client.received.size() == 4);

        assertThat(client.events).containsExactly("open");
        assertThat(client.received).containsExactly(credit(1), unknown, reconnect, credit(2));
    }

    @Test
    void clientKeepsAsManyEarlyMessagesAsItsBoundAndNoMore() {
        List<Sv2Message> early = new ArrayList<>(credits(Connection.HELD_MESSAGES_MAX));
        early.add(new RequestExtensionsSuccess(1, List.of()));
        ScriptedServer good = ScriptedServer.on(bed);
        good.script = answering(early.toArray(Sv2Message[]::new));
        dial(good, WANTS_2_AND_7);
        bed.await(() -> client.received.size() == Connection.HELD_MESSAGES_MAX);
        assertThat(client.isOpen()).isTrue();

        ScriptedServer bad = ScriptedServer.on(bed);
        bad.script = answering(credits(Connection.HELD_MESSAGES_MAX + 1).toArray(Sv2Message[]::new));
        RecordingHandler leaving = dial(bad, WANTS_2_AND_7, new RecordingHandler());
        bed.await(() -> leaving.closed != null);
        assertThat(leaving.closed)
                .isEqualTo(new ProtocolViolation("more than 16 messages before the answer to RequestExtensions"));
    }

    @Test
    void clientSetsNoMemoryAsideForALargeEarlyMessage() {
        ScriptedServer server = ScriptedServer.on(bed);
        server.script = answering(unknownOf(Connection.HELD_PAYLOAD_BYTES_MAX + 1));
        dial(server, WANTS_2_AND_7);
        bed.await(() -> client.closed != null);

        assertThat(client.closed).isInstanceOf(ProtocolViolation.class);
        assertThat(client.closed.text()).contains("65536 bytes of type 0x01, extension 0x4001; at most 65535");
    }

    @Test
    void clientTakesAnAnswerOnlyForItsOpenRequest() {
        ScriptedServer server = ScriptedServer.on(bed);
        server.script = answering(
                new RequestExtensionsSuccess(2, List.of(2)), // of no request
                new RequestExtensionsError(0, List.of(2, 7), List.of()),
                new RequestExtensionsSuccess(1, List.of(7)),
                new RequestExtensionsSuccess(1, List.of(2)), // answered already
                new RequestExtensionsError(1, List.of(7), List.of()),
                credit(1));
        dial(server, WANTS_2_AND_7);
        bed.await(() -> client.received.size() == 1);

        assertThat(client.connection.extensions()).containsExactly(7);
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void clientLeavesServerThatGrantsWhatItDidNotAskFor() {
        ScriptedServer server = ScriptedServer.on(bed);
        server.script = answering(new RequestExtensionsSuccess(1, List.of(2, 0x4001)));
        dial(server, WANTS_2_AND_7);
        bed.await(() -> client.closed != null);

        assertThat(client.closed)
                .isEqualTo(new ProtocolViolation(
                        "RequestExtensions.Success names extensions that were not asked for: 0x4001"));
    }

    @Test
    @Tag("NEG-015")
    void clientAsksOnceMoreForWhatAnErrorLeaves() {
        ScriptedServer server = ScriptedServer.on(bed);
        server.script = message -> switch (message) {
            case RequestExtensions(int id, var asked)
            when asked.contains(7) -> List.of(new RequestExtensionsError(id, List.of(7), List.of(2)));
            case RequestExtensions(int id, var asked) -> List.of(new RequestExtensionsSuccess(id, asked));
            default -> List.of();
        };
        dial(server, WANTS_2_AND_7);
        bed.await(() -> client.isOpen());

        assertThat(server.received)
                .endsWith(new RequestExtensions(1, List.of(2, 7)), new RequestExtensions(2, List.of(2)));
        assertThat(client.connection.extensions()).containsExactly(2);
    }

    @Test
    @Tag("NEG-014")
    void clientAsksNoThirdTime() {
        ScriptedServer server = ScriptedServer.on(bed);
        server.script = message -> message instanceof RequestExtensions(int id, var asked)
                ? List.of(new RequestExtensionsError(id, asked.subList(0, 0), List.of()))
                : List.of();
        dial(server, WANTS_2_AND_7);
        bed.await(() -> client.isOpen());

        assertThat(client.connection.extensions()).isEmpty();
        assertThat(server.received).hasSize(3);
    }

    @Test
    void clientLeavesServerThatRequiresWhatItCannotDo() {
        RecordingHandler wanting = dial(listening(new ExtensionPolicy(Set.of(2, 9), Set.of(9))), WANTS_2_AND_7);
        bed.await(() -> wanting.closed != null);

        assertThat(wanting.closed)
                .isEqualTo(new ExtensionsRefused("the server requires extensions that are not supported here: 0x0009"));
    }

    @Test
    void clientLeavesServerThatInsistsAndRefuses() {
        ScriptedServer server = ScriptedServer.on(bed);
        server.script = message -> message instanceof RequestExtensions request
                ? List.of(new RequestExtensionsError(request.requestId(), List.of(), List.of(7)))
                : List.of();
        dial(server, WANTS_2_AND_7);
        bed.await(() -> client.closed != null);

        assertThat(client.closed)
                .isEqualTo(new ExtensionsRefused(
                        "the server requires extensions, and refuses the request for them: 0x0007"));
        assertThat(server.received).hasSize(3);
    }

    @Test
    void clientSaysSoWhenTheServerHangsUpOnItsRequest() {
        ScriptedServer server = ScriptedServer.on(bed);
        dial(server, WANTS_2_AND_7);
        bed.await(() -> server.received.size() == 2);
        server.close();
        bed.await(() -> client.closed != null);

        assertThat(client.closed)
                .isEqualTo(new ExtensionsRefused("the server closed instead of answering RequestExtensions"));
    }

    // Nothing before it is agreed on.

    @Test
    @Tag("EXT-013")
    @Tag("NEG-002")
    void sendsMessagesOfAnExtensionOnlyAfterItWasAgreedOn() {
        Listening listening = listening(ExtensionPolicy.supporting(0x4001));
        RecordingHandler agreed = dial(listening, ExtensionPolicy.supporting(0x4001));
        bed.await(agreed::isOpen); // so that it is accepted first
        RecordingHandler other = dial(listening, ExtensionPolicy.NONE);
        bed.await(other::isOpen);
        UnknownMessage message = new UnknownMessage(0x4001, false, 1, Bytes.ofHex("ff"));
        agreed.onLane(connection -> connection.send(message));
        bed.await(() -> listening.only().received.size() == 1);
        assertThat(listening.only().received).containsExactly(message);

        for (RecordingHandler handler : List.of(other, listening.accepted.getLast())) {
            IllegalArgumentException refusal = thrownBy(handler, connection -> connection.send(message));
            assertThat(refusal).hasMessage("extension 0x4001 was not agreed on with the peer");
            assertThat(thrownBy(handler, connection -> connection.send(EncodedFrame.of(message))))
                    .hasMessage("extension 0x4001 was not agreed on with the peer");
        }
        assertThat(listening.accepted.getLast().received).isEmpty();
    }

    @Test
    @Tag("EXT-013")
    @Tag("NEG-002")
    void sendsTlvFieldsOnlyAfterTheirExtensionWasAgreedOn() {
        SubmitSharesExtended share =
                share(1, Tlvs.of(WorkerIdentity.of("bob").tlv(), new Tlv(7, 1, Bytes.ofHex("01"))));
        Listening listening = listening(ExtensionPolicy.supporting(2, 7));
        RecordingHandler both = dial(listening, WANTS_2_AND_7);
        bed.await(both::isOpen); // so that it is accepted first
        RecordingHandler one = dial(listening, ExtensionPolicy.supporting(2));
        bed.await(one::isOpen);
        both.onLane(connection -> connection.send(share));
        bed.await(() -> listening.only().received.size() == 1);
        assertThat(listening.only().received).containsExactly(share);

        assertThat(thrownBy(one, connection -> connection.send(share)))
                .hasMessage("extension 0x0007 was not agreed on with the peer");
        assertThat(thrownBy(one, connection -> connection.send(EncodedFrame.of(share))))
                .hasMessage("extension 0x0007 was not agreed on with the peer");
        SubmitSharesExtended torn = share(1, new Tlvs(Bytes.ofHex("0200")));
        assertThat(thrownBy(one, connection -> connection.send(torn)))
                .hasMessageStartingWith("no server can read this");
    }

    @Test
    @Tag("EXT-013")
    void handlerThatSendsWhatWasNotAgreedOnFails() {
        Listening listening = listening(ExtensionPolicy.NONE);
        client.onOpen = connection ->
                connection.send(share(1, Tlvs.of(WorkerIdentity.of("bob").tlv())));
        RecordingHandler failing = dial(listening, ExtensionPolicy.NONE, client);
        bed.await(() -> failing.closed != null);

        assertThat(failing.closed).isInstanceOf(HandlerFailed.class);
        assertThat(failing.closed.text()).endsWith("extension 0x0002 was not agreed on with the peer");
    }

    // What is forwarded.

    @Test
    @Tag("EXT-007")
    @Tag("EXT-008")
    @Tag("EXT-009")
    void forwardsWhatIsAboutAChannelWithItsIdMapped() {
        Listening listening = listening(ExtensionPolicy.NONE);
        RecordingHandler forwarding = dial(listening, ExtensionPolicy.NONE);
        bed.await(() -> forwarding.isOpen());
        UnknownMessage message = new UnknownMessage(0x4001, true, 0xfe, Bytes.ofHex("01000000" + "c0ffee"));
        forwarding.onLane(connection -> connection.send(EncodedFrame.forwarding(message, 0x0403_0201)));
        bed.await(() -> !listening.only().received.isEmpty());

        assertThat(listening.only().received)
                .containsExactly(new UnknownMessage(0x4001, true, 0xfe, Bytes.ofHex("01020304" + "c0ffee")));
    }

    @Test
    void forwardsNothingElse() {
        for (UnknownMessage message : List.of(
                new UnknownMessage(0x4001, false, 1, Bytes.ofHex("01000000")), // about the connection
                new UnknownMessage(0x4001, true, 1, Bytes.ofHex("010000")), // no id
                new UnknownMessage(0, true, 0x7f, Bytes.ofHex("01000000")), // the core
                new UnknownMessage(1, true, 0x7f, Bytes.ofHex("01000000")))) {
            assertThatThrownBy(() -> EncodedFrame.forwarding(message, 2)).isInstanceOf(IllegalArgumentException.class);
        }
        Frame core = new Frame(new FrameHeader(0, true, 0x1a, 4), Bytes.ofHex("01000000"));
        assertThatThrownBy(() -> new EncodedFrame(core, true)).isInstanceOf(IllegalArgumentException.class);
    }

    // Negotiating again.

    @Test
    @Tag("CON-016")
    void changedEndpointVoidsWhatWasAgreedOnAndTheClientAsksAgain() {
        ScriptedServer server = ScriptedServer.on(bed);
        server.script = answering(new RequestExtensionsSuccess(1, List.of(2)));
        dial(server, WANTS_2_AND_7);
        bed.await(() -> client.isOpen());
        assertThat(client.connection.extensions()).containsExactly(2);

        server.script = message -> List.of();
        server.send(new ChannelEndpointChanged(4), new ChannelEndpointChanged(5));
        bed.await(() -> client.received.size() == 2 && server.received.size() == 3);
        assertThat(client.received).containsExactly(new ChannelEndpointChanged(4), new ChannelEndpointChanged(5));
        assertThat(server.received).last().isEqualTo(new RequestExtensions(2, List.of(2, 7)));
        assertThat(client.connection.extensions()).isEmpty();
        assertThat(thrownBy(
                        client,
                        connection -> connection.send(
                                share(1, Tlvs.of(WorkerIdentity.of("a").tlv())))))
                .hasMessageContaining("0x0002");

        server.send(new RequestExtensionsSuccess(2, List.of(7)), credit(1));
        bed.await(() -> client.received.size() == 3);
        assertThat(client.connection.extensions()).containsExactly(7);
        assertThat(client.events).containsExactly("open");
    }

    @Test
    @Tag("CON-015")
    @Tag("CON-016")
    void serverThatTellsOfAChangedEndpointNegotiatesAgainToo() {
        Listening listening = listening(new ExtensionPolicy(Set.of(2), Set.of(2)));
        RecordingHandler wanting = dial(listening, WANTS_2_AND_7);
        bed.await(() -> wanting.isOpen());
        RecordingHandler served = listening.only();
        boolean[] voided = new boolean[1];
        served.onLane(connection -> {
            connection.send(EncodedFrame.of(new ChannelEndpointChanged(4)));
            voided[0] = connection.extensions().isEmpty();
        });
        // A share that is on its way does not count as one without the required extension.
        wanting.onLane(connection -> connection.send(share(1, Tlvs.NONE)));
        bed.await(() -> wanting.received.size() == 1
                && served.received.size() == 1
                && !served.connection.extensions().isEmpty()
                && !wanting.connection.extensions().isEmpty());

        assertThat(voided[0]).isTrue();
        assertThat(served.connection.extensions()).containsExactly(2);
        assertThat(wanting.connection.extensions()).containsExactly(2);
    }

    @Test
    void clientLeavesServerThatTakesARequiredExtensionAway() {
        ScriptedServer server = ScriptedServer.on(bed);
        server.script = answering(new RequestExtensionsSuccess(1, List.of(2)));
        dial(server, REQUIRES_2);
        bed.await(() -> client.isOpen());
        server.script = message -> message instanceof RequestExtensions(int id, var asked)
                ? List.of(new RequestExtensionsError(id, asked, List.of()))
                : List.of();
        server.send(new ChannelEndpointChanged(4));
        bed.await(() -> client.closed != null);

        assertThat(client.closed).isInstanceOf(ExtensionsRefused.class);
        assertThat(client.events).containsExactly("open", "closed");
    }

    // Fixtures.

    private Connection dialled;

    private Listening listening(ExtensionPolicy policy) {
        return Listening.on(bed, bed.network(), new ServerSecurity.Plain(), LIMITS, policy);
    }

    private RecordingHandler dial(Listening listening, ExtensionPolicy wanted) {
        return dial(listening, wanted, new RecordingHandler());
    }

    private RecordingHandler dial(Listening listening, ExtensionPolicy wanted, RecordingHandler handler) {
        return dial(new Endpoint("127.0.0.1", listening.port(), new ClientSecurity.Plain()), wanted, handler);
    }

    private void dial(ScriptedServer server, ExtensionPolicy wanted) {
        dial(server, wanted, client);
    }

    private RecordingHandler dial(ScriptedServer server, ExtensionPolicy wanted, RecordingHandler handler) {
        return dial(server.endpoint(), wanted, handler);
    }

    private RecordingHandler dial(Endpoint endpoint, ExtensionPolicy wanted, RecordingHandler handler) {
        SetupOffer offer = new SetupOffer(Setups.mining(), 0, wanted);
        dialled = bed.await(new Dialer(bed.network(), LIMITS).dial(endpoint, offer, handler));
        return handler;
    }

    /// What the lane of the dialled connection had to do is done.
    private void settle() {
        boolean[] done = new boolean[1];
        dialled.lane().execute(() -> done[0] = true);
        bed.await(() -> done[0]);
    }

    private IllegalArgumentException thrownBy(RecordingHandler handler, Consumer<Connection> action) {
        IllegalArgumentException[] thrown = new IllegalArgumentException[1];
        handler.onLane(connection -> {
            try {
                action.accept(connection);
                thrown[0] = new IllegalArgumentException("nothing was thrown");
            } catch (IllegalArgumentException e) {
                thrown[0] = e;
            }
        });
        bed.await(() -> thrown[0] != null);
        return thrown[0];
    }

    private static Function<Sv2Message, List<? extends Sv2Message>> answering(Sv2Message... messages) {
        return message -> message instanceof RequestExtensions ? List.of(messages) : List.of();
    }

    private static List<SubmitSharesSuccess> credits(int count) {
        return LongStream.range(0, count).mapToObj(NegotiationContract::credit).toList();
    }

    private static SubmitSharesSuccess credit(long number) {
        return new SubmitSharesSuccess(1, number, 1, 1);
    }

    private static SubmitSharesExtended share(long number, Tlvs tlvs) {
        return new SubmitSharesExtended(1, number, 1, 2, 3, 4, Bytes.ofHex("0011"), tlvs);
    }

    private static UnknownMessage unknownOf(int payloadBytes) {
        return new UnknownMessage(0x4001, false, 1, Bytes.of(new byte[payloadBytes]));
    }
}
