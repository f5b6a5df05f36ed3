package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.codec.FrameLimits;
import org.stratumj.connection.CloseReason.DeadlineMissed;
import org.stratumj.connection.CloseReason.HandlerFailed;
import org.stratumj.connection.CloseReason.HandshakeFailed;
import org.stratumj.connection.CloseReason.ProtocolViolation;
import org.stratumj.connection.CloseReason.SetupRefused;
import org.stratumj.connection.CloseReason.SlowConsumer;
import org.stratumj.connection.CloseReason.Step;
import org.stratumj.connection.CloseReason.TooManyConnections;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.ChannelEndpointChanged;
import org.stratumj.protocol.common.Reconnect;
import org.stratumj.protocol.common.SetupConnectionError;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsError;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsSuccess;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;

/// How a connection behaves towards good and bad peers, on any network. Each bad peer shows the reason it is
/// closed for, and that a good one beside it does not notice.
abstract class ConnectionContract {
    private static final ServerSecurity PLAIN = new ServerSecurity.Plain();
    private static final ConnectionLimits LIMITS = ConnectionLimits.defaults();
    /// One that passes, and that a good client keeps on real sockets of a busy machine.
    private static final Duration SHORT = Duration.ofMillis(1500);

    private static final Duration LONG = Duration.ofSeconds(30);

    final Keys keys = Keys.fresh();
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

    @Test
    @Tag("SEC-001")
    void setsUpBothEndsWithNoiseAndCarriesMessages() {
        setsUpBothEnds(keys.server(), keys.client());
    }

    @Test
    @Tag("CON-001")
    @Tag("CON-002")
    @Tag("SEC-002")
    void setsUpBothEndsInPlaintext() {
        setsUpBothEnds(PLAIN, new ClientSecurity.Plain());
    }

    @Test
    @Tag("SEC-002")
    @Tag("SEC-003")
    void goesWithoutEncryptionBeyondThisMachineOnlyWhenToldTwice() {
        InetSocketAddress anywhere = new InetSocketAddress("0.0.0.0", 0);
        SetupPolicy policy = new SetupPolicy(Map.of(Subprotocol.MINING, 0L));
        CompletableFuture<Acceptor> refused = Acceptor.listen(
                        bed.network(), anywhere, PLAIN, LIMITS, policy, connection -> new RecordingHandler())
                .toCompletableFuture();
        assertThatThrownBy(refused::join)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("0.0.0.0:0 is not loopback, and without encryption anybody on the way can read and"
                        + " change what is said; use an authority key, or allow this in so many words on a network that"
                        + " is trusted");
        bed.await(bed.await(Acceptor.listen(
                        bed.network(),
                        anywhere,
                        ServerSecurity.Plain.anywhere(),
                        LIMITS,
                        policy,
                        connection -> new RecordingHandler()))
                .close());
    }

    @Test
    @Tag("SEC-002")
    @Tag("SEC-003")
    void dialsNoOtherMachineWithoutEncryptionUnlessToldTwice() {
        Endpoint far = new Endpoint("pool.invalid", 3333, new ClientSecurity.Plain());
        assertThat(failureOfDialling(far)).startsWith("pool.invalid:3333 is not loopback, and without encryption");
        assertThat(failureOfDialling(new Endpoint("pool.invalid", 3333, ClientSecurity.Plain.anywhere())))
                .contains("cannot be resolved");
    }

    private String failureOfDialling(Endpoint endpoint) {
        CompletableFuture<Connection> dialled = new Dialer(bed.network(), LIMITS)
                .dial(endpoint, Setups.offer(Setups.mining()), new RecordingHandler())
                .toCompletableFuture();
        bed.await(dialled::isDone);
        return dialled.handle((connection, failure) ->
                        (failure instanceof CompletionException ? failure.getCause() : failure).getMessage())
                .join();
    }

    @Test
    void setsUpBothEndsWithoutKnowingTheAuthority() {
        setsUpBothEnds(keys.server(), new ClientSecurity.NoiseAnyAuthority());
    }

    private void setsUpBothEnds(ServerSecurity server, ClientSecurity security) {
        Listening listening = Listening.on(bed, server, LIMITS);
        listening.handlers = () -> {
            RecordingHandler handler = new RecordingHandler();
            handler.verdict = new SetupVerdict.Accept(2, 0b10);
            handler.onMessage = message -> handler.connection.send(credit(((SubmitSharesStandard) message)));
            return handler;
        };
        RecordingHandler client = new RecordingHandler();
        client.onOpen = connection -> {
            connection.send(share(1));
            connection.send(EncodedFrame.of(share(2)));
        };
        SetupOffer offer = new SetupOffer(Setups.of(0, 2, 2, 0b101), 0b11);
        bed.await(new Dialer(bed.network(), LIMITS).dial(endpoint(listening, security), offer, client));
        bed.await(() -> client.received.size() == 2);

        assertThat(client.received).containsExactly(credit(share(1)), credit(share(2)));
        NegotiatedSetup setup = new NegotiatedSetup(Subprotocol.MINING, 2, 0b101, 0b10);
        assertThat(client.connection.info().setup()).isEqualTo(setup);
        PeerInfo seen = listening.only().connection.info();
        assertThat(seen.setup()).isEqualTo(setup);
        assertThat(seen.vendor()).isEqualTo("maker");
        assertThat(seen.deviceId()).isEqualTo("device-7");
        assertThat(seen.id()).isNotEqualTo(client.connection.info().id());
    }

    @Test
    void tellsBothEndsOnceOfAnOrderlyEnd() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        RecordingHandler client = goodClient(listening);
        client.connection.close(new CloseReason.Local("enough"));
        client.connection.close(new CloseReason.Local("too late to count"));
        bed.await(() -> client.closed != null && listening.only().closed != null);

        assertThat(client.closed).isEqualTo(new CloseReason.Local("enough"));
        assertThat(listening.only().closed).isEqualTo(new CloseReason.Remote());
        assertThat(client.events).containsExactly("open", "closed");
        assertThat(listening.only().events).containsExactly("setup", "open", "closed");
        assertThat(listening.acceptor().connections()).isZero();
    }

    @Test
    void sendsWhatIsQueuedBeforeClosing() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        listening.handlers = () -> {
            RecordingHandler handler = new RecordingHandler();
            handler.onOpen = connection -> {
                for (int i = 0; i < 2_000; i++) {
                    connection.send(credit(share(i)));
                }
                connection.close(new CloseReason.Local("done"));
            };
            return handler;
        };
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(Setups.mining());
        bed.await(peer::isClosed);

        assertThat(peer.messages()).hasSize(2_001).last().isEqualTo(credit(share(1_999)));
    }

    @Test
    @Tag("CON-002")
    @Tag("CON-010")
    void sendsTheRefusalBeforeClosing() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(Setups.of(0, 2, 2, 0xffff_ffffL));
        bed.await(peer::isClosed);

        Str0255 code = ErrorCode.UNSUPPORTED_FEATURE_FLAGS.wire();
        assertThat(peer.messages()).containsExactly(new SetupConnectionError(0xffff_fffaL, code));
        bed.await(() -> listening.only().closed != null);
        assertThat(listening.only().closed).isEqualTo(new SetupRefused("unsupported-feature-flags", 0xffff_fffaL));
        assertThat(listening.only().events).containsExactly("closed");
        assertThat(listening.only().closed.text())
                .isEqualTo("SetupConnection refused: unsupported-feature-flags, flags 0xfffffffa");
    }

    @Test
    void lastWordOfTheHandlerRefuses() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        listening.handlers = () -> {
            RecordingHandler handler = new RecordingHandler();
            handler.verdict = new SetupVerdict.Refuse(ErrorCode.UNSUPPORTED_PROTOCOL, 0);
            return handler;
        };
        RecordingHandler client = dial(listening, Setups.offer(Setups.mining()), keys.client());
        bed.await(() -> client.closed != null);

        assertThat(client.closed)
                .asInstanceOf(InstanceOfAssertFactories.type(SetupRefused.class))
                .satisfies(refused -> {
                    assertThat(refused.errorCode()).isEqualTo("unsupported-protocol");
                    assertThat(refused.text()).contains("use that of a pool or proxy, not of a template provider");
                });
        assertThat(client.events).containsExactly("closed");
    }

    // Bytes that are not Stratum V2.

    @Test
    @Tag("SEC-018")
    void closesWhoSendsGarbageToTheHandshake() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        RecordingHandler good = goodClient(listening);
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(
                ("GET / HTTP/1.1\r\nUser-Agent: " + "x".repeat(200) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

        assertClosed(listening, 1, HandshakeFailed.class, "the first frame cannot be decrypted");
        assertThat(listening.accepted.get(1).closed.text()).contains("only one of the two sides encrypts");
        bed.await(peer::isClosed);
        assertUndisturbed(good, listening);
    }

    @Test
    void closesWhoSendsGarbageInPlaintext() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RecordingHandler good = goodPlainClient(listening);
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertClosed(listening, 1, ProtocolViolation.class, "at most 1024");
        assertThat(listening.accepted.get(1).closed.text()).contains("may not speak Stratum V2");
        assertUndisturbed(good, listening);
    }

    @Test
    void closesEncryptedClientAtPlainServer() {
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.handshakeDeadline(SHORT).setupDeadline(SHORT)));
        RecordingHandler client = dial(listening, Setups.offer(Setups.mining()), keys.client());
        bed.await(() -> client.closed != null && listening.only().closed != null);

        // The server sees 64 random bytes, so whether it waits for more of a frame or dislikes one is chance.
        assertThat(client.closed).isInstanceOf(HandshakeFailed.class);
        assertThat(client.closed.text()).contains("closed during the Noise handshake");
    }

    @Test
    @Tag("SEC-001")
    void closesPlainClientAtEncryptedServer() {
        Listening listening = Listening.on(
                bed,
                keys.server(),
                LIMITS.with(change -> change.handshakeDeadline(SHORT).setupDeadline(SHORT)));
        RecordingHandler client = dial(listening, Setups.offer(Setups.mining()), new ClientSecurity.Plain());
        bed.await(() -> client.closed != null && listening.only().closed != null);

        assertThat(client.closed).isNotInstanceOf(HandlerFailed.class);
        assertThat(client.events).containsExactly("closed");
        assertThat(listening.only().events).containsExactly("closed");
    }

    @Test
    void understandsWhoSendsOneByteAtATime() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.trickle(MessageRegistry.core().encode(Setups.mining()).bytes());
        peer.trickle(MessageRegistry.core().encode(share(5)).bytes());
        bed.await(() ->
                listening.accepted.size() == 1 && listening.only().received.size() == 1);

        assertThat(listening.only().received).containsExactly(share(5));
    }

    // Silence.

    @Test
    void closesSilentPeerAtTheHandshakeDeadline() {
        Listening listening = Listening.on(
                bed,
                keys.server(),
                LIMITS.with(change -> change.handshakeDeadline(SHORT).setupDeadline(LONG)));
        RecordingHandler good = goodClient(listening);
        RawPeer.dial(bed, listening.port());

        assertClosed(listening, 1, DeadlineMissed.class, "Noise handshake not done within 1500 ms");
        assertUndisturbed(good, listening);
    }

    @Test
    void closesPeerThatStopsInTheMiddleOfItsHandshake() {
        Listening listening = Listening.on(
                bed,
                keys.server(),
                LIMITS.with(change -> change.handshakeDeadline(SHORT).setupDeadline(LONG)));
        RecordingHandler good = goodClient(listening);
        RawPeer.dial(bed, listening.port()).send(new byte[63]);

        assertClosed(listening, 1, DeadlineMissed.class, "Noise handshake not done within 1500 ms");
        assertUndisturbed(good, listening);
    }

    @Test
    void closesPeerThatNeverSetsUp() {
        Listening listening = Listening.on(
                bed,
                keys.server(),
                LIMITS.with(change -> change.handshakeDeadline(LONG).setupDeadline(SHORT)));
        RecordingHandler good = goodClient(listening);
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(new byte[64]);

        assertClosed(listening, 1, DeadlineMissed.class, "SetupConnection not done within 1500 ms");
        assertThat(peer.received()).hasSize(234);
        assertUndisturbed(good, listening);
    }

    @Test
    void leavesServerThatNeverAnswers() {
        Network.Listener silent = bed.await(bed.network()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pipe -> new SilentHandler()));
        Endpoint endpoint = new Endpoint("127.0.0.1", silent.localAddress().getPort(), keys.client());
        RecordingHandler handshaking = new RecordingHandler();
        Dialer dialer = new Dialer(
                bed.network(),
                LIMITS.with(change -> change.handshakeDeadline(SHORT).setupDeadline(LONG)));
        bed.await(dialer.dial(endpoint, Setups.offer(Setups.mining()), handshaking));
        RecordingHandler settingUp = new RecordingHandler();
        Endpoint plain = new Endpoint(endpoint.host(), endpoint.port(), new ClientSecurity.Plain());
        bed.await(new Dialer(
                        bed.network(),
                        LIMITS.with(change -> change.handshakeDeadline(LONG).setupDeadline(SHORT)))
                .dial(plain, Setups.offer(Setups.mining()), settingUp));
        bed.await(() -> handshaking.closed != null && settingUp.closed != null);

        assertThat(handshaking.closed).isEqualTo(new DeadlineMissed(Step.HANDSHAKE, SHORT));
        assertThat(settingUp.closed).isEqualTo(new DeadlineMissed(Step.SETUP, SHORT));
    }

    @Test
    void closesIdleConnectionAfterTheIdleLimit() {
        Listening listening =
                Listening.on(bed, keys.server(), LIMITS.with(change -> change.idleLimit(Subprotocol.MINING, SHORT)));
        RecordingHandler client = goodClient(listening);
        bed.await(() -> client.closed != null && listening.only().closed != null);

        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.ACTIVITY, SHORT));
        assertThat(listening.only().closed.text()).isEqualTo("any message not done within 1500 ms");
    }

    // Frames that are not wanted.

    @Test
    void takesFrameAtTheBoundAndClosesAtOneByteMore() {
        int max = FrameLimits.OTHER_PAYLOAD_BYTES_MAX;
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RecordingHandler good = goodPlainClient(listening);
        RawPeer peer = setUpPeer(listening);
        peer.send(unknown(0x4000, 0x01, max));
        bed.await(() -> listening.accepted.get(1).received.size() == 1);
        assertThat(listening.accepted.get(1).isOpen()).isTrue();

        peer.send(new byte[] {0, 0x40, 1, 0, 0, 1}); // a header that announces 65,536 bytes
        assertClosed(
                listening, 1, ProtocolViolation.class, "65536 bytes of type 0x01, extension 0x4000; at most 65535");
        assertUndisturbed(good, listening);
    }

    @Test
    void obeysTheConfiguredPayloadBound() {
        Listening listening = Listening.on(
                bed, PLAIN, LIMITS.with(change -> change.payloadBytesMax(1_000).outboundBytesMax(4 << 20)));
        RawPeer peer = setUpPeer(listening);
        peer.send(unknown(0x4000, 0x01, 1_000));
        bed.await(() -> listening.only().received.size() == 1);
        peer.send(unknown(0x4000, 0x01, 1_001));

        assertClosed(listening, 0, ProtocolViolation.class, "1001 bytes of type 0x01, extension 0x4000; at most 1000");
    }

    @Test
    void setsNoMemoryAsideForAnotherSubprotocolsLargeMessage() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RawPeer peer = setUpPeer(listening);
        peer.send(new byte[] {0, 0, 0x56, 0, 0, (byte) 0x80}); // ProvideMissingTransactions.Success of 8 MiB

        assertClosed(
                listening, 0, ProtocolViolation.class, "8388608 bytes of type 0x56, extension 0x0000; at most 65535");
    }

    @Test
    @Tag("EXT-005")
    @Tag("EXT-011")
    @Tag("FRM-009")
    @Tag("SEC-037")
    void dropsUnknownTypesAndExtensionsAndGoesOn() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RawPeer peer = setUpPeer(listening);
        peer.send(unknown(0x0000, 0x1e, 3));
        peer.send(unknown(0x4567, 0x10, 0));
        peer.send(share(9));
        bed.await(() -> listening.only().received.size() == 3);

        assertThat(listening.only().received)
                .containsExactly(
                        new UnknownMessage(0, false, 0x1e, Bytes.of(new byte[3])),
                        new UnknownMessage(0x4567, false, 0x10, Bytes.EMPTY),
                        share(9));
        assertThat(traffic(listening.only())).isEqualTo(new Traffic(4, 1, 2, 0));
    }

    @Test
    void acceptsWrongChannelBitAndCountsIt() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RawPeer peer = setUpPeer(listening);
        Frame frame = MessageRegistry.core().encode(share(9));
        FrameHeader header = frame.header();
        peer.send(new Frame(
                new FrameHeader(header.extensionType(), false, header.messageType(), header.payloadLength()),
                frame.payload()));
        bed.await(() -> listening.only().received.size() == 1);

        assertThat(listening.only().received).containsExactly(share(9));
        assertThat(traffic(listening.only()).wrongChannelBits()).isEqualTo(1);
    }

    @Test
    @Tag("CON-001")
    void closesWhoSendsAnythingBeforeSetup() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RecordingHandler good = goodPlainClient(listening);
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(share(1));

        assertClosed(
                listening, 1, ProtocolViolation.class, "SetupConnection must come first, got SubmitSharesStandard");
        assertUndisturbed(good, listening);
    }

    @Test
    void closesWhoNegotiatesExtensionsBeforeSetup() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RawPeer.dial(bed, listening.port()).send(new RequestExtensions(1, List.of(2)));

        assertClosed(listening, 0, ProtocolViolation.class, "SetupConnection must come first, got RequestExtensions");
    }

    @Test
    @Tag("CON-008")
    void closesWhoSetsUpTwice() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        setUpPeer(listening).send(Setups.mining());

        assertClosed(listening, 0, ProtocolViolation.class, "SetupConnection on a connection that is set up already");
    }

    @Test
    @Tag("GEN-008")
    void closesWhoSpeaksAnotherSubprotocol() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RecordingHandler good = goodPlainClient(listening);
        setUpPeer(listening).send(new CoinbaseOutputConstraints(100, 1));

        assertClosed(listening, 1, ProtocolViolation.class, "CoinbaseOutputConstraints on a connection for MINING");
        assertUndisturbed(good, listening);
    }

    @Test
    void closesWhoSendsWhatOnlyTheOtherSideMay() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        setUpPeer(listening).send(credit(share(1)));

        assertClosed(listening, 0, ProtocolViolation.class, "SubmitSharesSuccess goes the other way");
    }

    @Test
    @Tag("SEC-037")
    void closesWhoSendsMalformedMessage() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        setUpPeer(listening).send(new Frame(new FrameHeader(0, true, 0x1a, 4), Bytes.of(new byte[4])));

        assertClosed(listening, 0, ProtocolViolation.class, "SubmitSharesStandard.sequence_number");
    }

    @Test
    @Tag("NEG-013")
    void agreesOnExtensionsWithEachClientAndTheLastAnswerCounts() {
        Listening listening = Listening.on(bed, bed.network(), PLAIN, LIMITS, ExtensionPolicy.supporting(2));
        RawPeer peer = setUpPeer(listening);
        Connection connection = listening.only().connection;
        assertThat(connection.extensions()).isEmpty();
        peer.send(new RequestExtensions(7, List.of(2, 0x4001)));
        bed.await(() -> peer.messages().size() == 2);
        assertThat(connection.extensions()).containsExactly(2);

        peer.send(new RequestExtensions(8, List.of(0x4001)));
        bed.await(() -> peer.messages().size() == 3);
        assertThat(connection.extensions()).isEmpty();
        assertThat(peer.messages())
                .containsExactly(
                        new SetupConnectionSuccess(2, 0),
                        new RequestExtensionsSuccess(7, List.of(2)),
                        new RequestExtensionsError(8, List.of(0x4001), List.of()));
    }

    @Test
    @Tag("NEG-007")
    @Tag("NEG-016")
    void closesWhoGoesOnWithoutARequiredExtension() {
        ExtensionPolicy policy = new ExtensionPolicy(Set.of(2, 5), Set.of(5));
        Listening listening = Listening.on(bed, bed.network(), PLAIN, LIMITS, policy);
        RawPeer good = setUpPeer(listening);
        good.send(new RequestExtensions(1, List.of(2)));
        good.send(new RequestExtensions(2, List.of(2, 5)));
        good.send(share(9));
        bed.await(() -> listening.only().received.size() == 1 && good.messages().size() == 3);
        assertThat(good.messages())
                .contains(
                        new RequestExtensionsError(1, List.of(), List.of(5)),
                        new RequestExtensionsSuccess(2, List.of(2, 5)));

        RawPeer bad = setUpPeer(listening);
        bad.send(new RequestExtensions(1, List.of(2)));
        bad.send(share(9));
        assertClosed(
                listening,
                1,
                ProtocolViolation.class,
                "SubmitSharesStandard without the extensions that are required here: 0x0005");
        assertThat(listening.only().isOpen()).isTrue();
    }

    @Test
    @Tag("EXT-010")
    @Tag("EXT-012")
    @Tag("NEG-006")
    @Tag("NEG-010")
    @Tag("NEG-005")
    void answersExtensionRequestsHonestly() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RawPeer peer = setUpPeer(listening);
        peer.send(new RequestExtensions(7, List.of(2, 0x4001)));
        peer.send(new RequestExtensions(8, List.of()));
        bed.await(() -> peer.messages().size() == 3);

        assertThat(peer.messages())
                .containsExactly(
                        new SetupConnectionSuccess(2, 0),
                        new RequestExtensionsError(7, List.of(2, 0x4001), List.of()),
                        new RequestExtensionsSuccess(8, List.of()));
    }

    // What a client must not put up with.

    @Test
    @Tag("SEC-018")
    void clientLeavesServerOfAnotherAuthority() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        RecordingHandler good = goodClient(listening);
        Keys expected = Keys.fresh();
        RecordingHandler client = dial(listening, Setups.offer(Setups.mining()), expected.client());
        bed.await(() -> client.closed != null);

        assertThat(client.closed).isInstanceOf(HandshakeFailed.class);
        assertThat(client.closed.text())
                .contains("not signed by the configured authority key " + expected.authority())
                .contains("ask the operator");
        assertUndisturbed(good, listening);
    }

    @Test
    @Tag("SEC-018")
    void clientLeavesServerWithExpiredCertificate() {
        assertThat(reasonWithServerClock(Duration.ofHours(-3)).text())
                .startsWith("certificate expired at ")
                .contains("compare the clocks");
    }

    @Test
    void clientLeavesServerWithCertificateFromTheFuture() {
        assertThat(reasonWithServerClock(Duration.ofHours(3)).text())
                .startsWith("certificate is valid from ")
                .contains("compare the clocks");
    }

    @Test
    void clientTakesCertificateVersionsAsConfigured() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        RecordingHandler client =
                dial(listening, Setups.offer(Setups.mining()), new ClientSecurity.Noise(keys.authority(), Set.of(1)));
        bed.await(() -> client.closed != null);
        assertThat(client.closed.text())
                .contains("certificate has version 0, accepted are [1]; to accept it, end the server's URL with")
                .contains("ckpool needs ?certificate-version=1");

        good(listening, new ClientSecurity.Noise(keys.authority(), Set.of(0, 1)));
    }

    private CloseReason reasonWithServerClock(Duration error) {
        Network wrong = new ShiftedNetwork(bed.network(), error);
        Listening listening = Listening.on(bed, wrong, keys.server(), LIMITS);
        RecordingHandler client = dial(listening, Setups.offer(Setups.mining()), keys.client());
        bed.await(() -> client.closed != null);
        assertThat(client.closed).isInstanceOf(HandshakeFailed.class);
        return client.closed;
    }

    @Test
    @Tag("CON-008")
    void clientLeavesServerThatChoosesAnotherVersion() {
        assertThat(reasonForServerSaying(new SetupVerdict.Accept(3, 0)))
                .isEqualTo(new ProtocolViolation("the server chose version 3, offered were 2 to 2"));
    }

    @Test
    @Tag("CON-009")
    void clientOverlooksItsOwnFlagsComingBack() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        listening.handlers = () -> {
            RecordingHandler handler = new RecordingHandler();
            handler.verdict = new SetupVerdict.Accept(2, 0b110);
            return handler;
        };
        RecordingHandler client = dial(listening, new SetupOffer(Setups.of(0, 2, 2, 0b100), 0b10), keys.client());
        bed.await(() -> client.isOpen());

        assertThat(client.connection.info().setup()).isEqualTo(new NegotiatedSetup(Subprotocol.MINING, 2, 0b100, 0b10));
    }

    @Test
    @Tag("CON-009")
    void clientLeavesServerThatDemandsWhatItCannotDo() {
        assertThat(reasonForServerSaying(new SetupVerdict.Accept(2, 0b110)))
                .isEqualTo(new SetupRefused("unsupported-feature-flags", 0b110));
    }

    private CloseReason reasonForServerSaying(SetupVerdict verdict) {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        listening.handlers = () -> {
            RecordingHandler handler = new RecordingHandler();
            handler.verdict = verdict;
            return handler;
        };
        RecordingHandler client = dial(listening, Setups.offer(Setups.mining()), keys.client());
        bed.await(() -> client.closed != null);
        assertThat(client.events).containsExactly("closed");
        return client.closed;
    }

    @Test
    void clientIsToldOfReconnectAndChangedEndpoints() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        RecordingHandler client = goodClient(listening);
        List<Sv2Message> news = List.of(new ChannelEndpointChanged(4), new Reconnect(Str0255.of("b.example"), 4444));
        listening.only().onLane(connection -> news.forEach(connection::send));
        bed.await(() -> client.received.size() == 2);

        assertThat(client.received).isEqualTo(news);
    }

    @Test
    void clientLeavesServerThatAnswersSetupTwice() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        RecordingHandler client = goodClient(listening);
        listening.only().onLane(connection -> connection.send(new SetupConnectionSuccess(2, 0)));
        bed.await(() -> client.closed != null);

        assertThat(client.closed)
                .isEqualTo(new ProtocolViolation("SetupConnectionSuccess on a connection that is set up already"));
    }

    // Bounds.

    @Test
    void closesSlowConsumerAtItsBudget() {
        int budget = 300_000;
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.payloadBytesMax(1 << 20).outboundBytesMax(budget)));
        RecordingHandler good = goodPlainClient(listening);
        RawPeer peer = setUpPeer(listening);
        peer.stopReading();
        RecordingHandler slow = listening.accepted.get(1);
        // More than any socket buffer holds, a bit each turn, so that whatever can go out does.
        bed.await(() -> {
            slow.onLane(connection -> {
                for (int i = 0; i < 1_000; i++) {
                    connection.send(credit(share(i)));
                }
            });
            return slow.closed != null;
        });

        assertThat(slow.closed).isInstanceOfSatisfying(SlowConsumer.class, reason -> {
            assertThat(reason.limit()).isEqualTo(budget);
            assertThat(reason.queued()).isBetween((long) budget, budget + 26L);
        });
        assertThat(slow.closed.text()).startsWith("too slow: ").endsWith(" bytes queued, limit 300000");
        assertUndisturbed(good, listening);
    }

    @Test
    void closesPeerThatTakesNothingOfItsQueue() {
        Duration limit = Duration.ofSeconds(1);
        Listening listening = Listening.on(bed, PLAIN, LIMITS.with(change -> change.outboundDeadline(limit)));
        RecordingHandler good = goodPlainClient(listening);
        setUpPeer(listening).stopReading();
        RecordingHandler stalled = listening.accepted.get(1);
        fill(stalled);
        bed.await(() -> stalled.closed != null);

        assertThat(stalled.closed).isEqualTo(new DeadlineMissed(Step.OUTBOUND, limit));
        assertUndisturbed(good, listening);
    }

    /// Goal: what waits on all connections has a bound, and the longest queue goes first. Method: two peers that do not
    /// read; as soon as their queues are too long together, the longer one is closed, and the other stays.
    @Test
    void closesTheLongestQueueBeyondTheTotal() {
        int total = 1_000_000;
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.outboundFramesMax(1 << 20).outboundTotalBytesMax(total)));
        RecordingHandler good = goodPlainClient(listening);
        setUpPeer(listening).stopReading();
        setUpPeer(listening).stopReading();
        RecordingHandler shorter = listening.accepted.get(1);
        RecordingHandler longer = listening.accepted.get(2);
        fill(shorter);
        bed.await(() -> {
            longer.onLane(connection -> {
                for (int i = 0; i < 1_000; i++) {
                    connection.send(credit(share(i)));
                }
                connection.flush();
            });
            return longer.closed != null;
        });

        assertThat(longer.closed).isInstanceOfSatisfying(SlowConsumer.class, reason -> {
            assertThat(reason.unit()).isEqualTo(SlowConsumer.Unit.BYTES_OF_ALL);
            assertThat(reason.queued()).isBetween(total / 2L, total - (256L << 10) + 1_000 * 26L);
        });
        assertThat(shorter.isOpen()).isTrue();
        assertUndisturbed(good, listening);
    }

    /// Sends until the network takes no more and something waits, so that it goes on until the peer reads.
    private void fill(RecordingHandler handler) {
        AtomicBoolean full = new AtomicBoolean();
        bed.await(() -> {
            handler.onLane(connection -> {
                sendSome(connection);
                full.compareAndSet(false, !connection.isWritable());
            });
            return full.get();
        });
    }

    private static void sendSome(Connection connection) {
        for (int i = 0; i < 1_000 && connection.isWritable(); i++) {
            connection.send(credit(share(i)));
        }
        connection.flush();
    }

    /// Goal: nothing is delivered and nothing lost while reading is paused. Method: the handler pauses twice with
    /// the first message of a burst; a turn of the lane shows what came through.
    @Test
    void pausesReadingUntilEveryPauseIsTakenBack() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RawPeer peer = setUpPeer(listening);
        RecordingHandler handler = listening.only();
        handler.onMessage = message -> {
            if (handler.received.size() == 1) {
                handler.connection.pauseReading();
                handler.connection.pauseReading();
            }
        };
        List<SubmitSharesStandard> burst =
                LongStream.range(0, 1_000).mapToObj(ConnectionContract::share).toList();
        burst.forEach(peer::send);
        bed.await(() -> !handler.received.isEmpty());

        turn(handler, Connection::resumeReading);
        turn(handler, connection -> {});
        assertThat(handler.received).containsExactly(share(0));

        turn(handler, Connection::resumeReading);
        bed.await(() -> handler.received.size() == burst.size());
        assertThat(handler.received).containsExactlyElementsOf(burst);
        turn(
                handler,
                connection -> assertThatThrownBy(connection::resumeReading)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageEndingWith("is not paused"));
    }

    /// Goal: whoever pauses at every message gets one at a time.
    @Test
    void pausingAtEachMessageDeliversOneAtATime() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        RecordingHandler client = goodClient(listening);
        RecordingHandler handler = listening.only();
        handler.onMessage = message -> handler.connection.pauseReading();
        client.onLane(connection -> LongStream.range(0, 100).forEach(i -> connection.send(share(i))));
        for (int i = 1; i <= 100; i++) {
            int expected = i;
            bed.await(() -> handler.received.size() >= expected);
            turn(handler, connection -> assertThat(handler.received).hasSize(expected));
            turn(handler, Connection::resumeReading);
        }
        assertThat(handler.received).last().isEqualTo(share(99));
    }

    @Test
    void pausedReadingSlowsThePeerDown() {
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.payloadBytesMax(1 << 20).outboundBytesMax(64 << 20)));
        RecordingHandler client = goodPlainClient(listening);
        RecordingHandler handler = listening.only();
        turn(handler, Connection::pauseReading);
        boolean[] full = new boolean[1];
        bed.await(() -> {
            client.onLane(connection -> {
                for (int i = 0; i < 1_000 && connection.isWritable(); i++) {
                    connection.send(share(i));
                }
                full[0] = !connection.isWritable();
            });
            return full[0];
        });
        assertThat(handler.received).isEmpty();

        turn(handler, Connection::resumeReading);
        bed.await(() -> client.events.contains("writable"));
        assertThat(handler.isOpen()).isTrue();
    }

    @Test
    void closesWhileReadingIsPaused() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        RawPeer peer = setUpPeer(listening);
        RecordingHandler handler = listening.only();
        turn(handler, connection -> {
            connection.pauseReading();
            connection.close(new CloseReason.Local("enough"));
            connection.resumeReading();
        });
        peer.send(share(1));
        bed.await(peer::isClosed);
        peer.close();
        bed.await(() -> handler.closed != null);
        assertThat(handler.received).isEmpty();
        assertThat(handler.closed).isEqualTo(new CloseReason.Local("enough"));
    }

    @Test
    void tellsWhenASlowPeerTakesBytesAgain() {
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.payloadBytesMax(1 << 20).outboundBytesMax(64 << 20)));
        RawPeer peer = setUpPeer(listening);
        peer.stopReading();
        RecordingHandler handler = listening.only();
        boolean[] full = new boolean[1];
        bed.await(() -> {
            handler.onLane(connection -> {
                for (int i = 0; i < 1_000 && connection.isWritable(); i++) {
                    connection.send(credit(share(i)));
                }
                full[0] = !connection.isWritable();
            });
            return full[0];
        });
        peer.readAgain();
        bed.await(() -> handler.events.contains("writable"));

        assertThat(handler.isOpen()).isTrue();
    }

    @Test
    void sendsSingleFrameAboveTheBudgetToPeerThatReads() {
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.payloadBytesMax(1 << 20).outboundBytesMax(100)));
        RawPeer peer = setUpPeer(listening);
        UnknownMessage large = new UnknownMessage(0x4000, true, 1, Bytes.of(new byte[50_000]));
        listening.only().onLane(connection -> connection.send(EncodedFrame.forwarding(large, 0)));
        bed.await(() -> peer.messages().size() == 2);

        assertThat(peer.messages()).last().isEqualTo(large);
        assertThat(listening.only().isOpen()).isTrue();
    }

    @Test
    void refusesConnectionAboveConnectionsMax() {
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.connectionsMax(2).perSourceMax(10).halfOpenMax(10)));
        RecordingHandler good = goodPlainClient(listening);
        setUpPeer(listening);
        assertRefused(listening, "connectionsMax of 2 reached");
        assertUndisturbed(good, listening);
    }

    @Test
    void refusesConnectionAbovePerSourceMax() {
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.connectionsMax(10).perSourceMax(2).halfOpenMax(10)));
        RecordingHandler good = goodPlainClient(listening);
        setUpPeer(listening);
        assertRefused(listening, "perSourceMax of 2 reached for ");
        assertUndisturbed(good, listening);
    }

    @Test
    void refusesConnectionAboveHalfOpenMaxUntilOneIsSetUp() {
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.connectionsMax(10).perSourceMax(10).halfOpenMax(1)));
        RecordingHandler good = goodPlainClient(listening);
        RawPeer slow = RawPeer.dial(bed, listening.port());
        bed.await(() -> listening.accepted.size() == 2);
        assertRefused(listening, "halfOpenMax of 1 reached");

        slow.send(Setups.mining());
        bed.await(() -> listening.accepted.get(1).isOpen());
        setUpPeer(listening);
        assertUndisturbed(good, listening);
    }

    @Test
    void placesAreFreeAgainWhenConnectionsEnd() {
        Listening listening = Listening.on(
                bed,
                PLAIN,
                LIMITS.with(change -> change.connectionsMax(1).perSourceMax(1).halfOpenMax(1)));
        for (int i = 0; i < 3; i++) {
            RawPeer peer = setUpPeer(listening);
            assertThat(listening.acceptor().connections()).isEqualTo(1);
            peer.close();
            bed.await(() -> listening.acceptor().connections() == 0);
        }
        assertThat(listening.refused).isEmpty();
    }

    @Test
    void sendsAwayADeviceThatIsThereOftenEnough() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS.with(change -> change.perDeviceMax(2)));
        RawPeer first = setUpPeer(listening);
        setUpPeer(listening);
        RawPeer third = RawPeer.dial(bed, listening.port());
        third.send(Setups.mining());
        assertClosed(listening, 2, TooManyConnections.class, "perDeviceMax of 2 reached for device device-7");
        bed.await(third::isClosed);
        assertThat(third.received()).isEmpty();
        assertThat(listening.accepted.get(2).events).containsExactly("setup", "closed");

        first.close();
        bed.await(() -> listening.only().closed != null);
        setUpPeer(listening);
    }

    // Our own faults.

    @Test
    void exceptionInHandlerClosesThatConnectionOnly() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        RecordingHandler good = goodClient(listening);
        RecordingHandler other = goodClient(listening);
        listening.accepted.get(1).onMessage = message -> {
            throw new IllegalStateException("no such\nchannel");
        };
        other.onLane(connection -> connection.send(share(1)));

        assertClosed(
                listening, 1, HandlerFailed.class, "internal error: java.lang.IllegalStateException: no such?channel");
        bed.await(() -> other.closed != null);
        assertUndisturbed(good, listening);
    }

    /// Goal: no error of ours shuts the door. Method: first no handler can be made, then nobody can even be told.
    @Test
    void goesOnAcceptingAfterAnyErrorAtTheDoor() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        listening.handlers = () -> {
            throw new OutOfMemoryError("pretended");
        };
        for (Runnable failing : new Runnable[] {() -> {}, ConnectionContract::fail}) {
            listening.onRefused = failing;
            int before = listening.refused.size();
            RawPeer unlucky = RawPeer.dial(bed, listening.port());
            bed.await(() -> unlucky.isClosed() && listening.refused.size() > before);
            assertThat(listening.refused.getLast()).isInstanceOf(HandlerFailed.class);
            assertThat(listening.acceptor().connections()).isZero();
        }

        listening.handlers = RecordingHandler::new;
        assertUndisturbed(goodClient(listening), listening);
    }

    @Test
    void exceptionInOnOpenClosesWithPairedEnd() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        listening.handlers = () -> {
            RecordingHandler handler = new RecordingHandler();
            handler.onOpen = connection -> {
                throw new IllegalStateException("not today");
            };
            return handler;
        };
        RecordingHandler client = dial(listening, Setups.offer(Setups.mining()), keys.client());
        bed.await(() -> client.closed != null && listening.only().closed != null);

        assertThat(listening.only().events).containsExactly("setup", "open", "closed");
        assertThat(listening.only().closed).isInstanceOf(HandlerFailed.class);
    }

    @Test
    void closedAcceptorLeavesConnectionsAlone() {
        Listening listening = Listening.on(bed, keys.server(), LIMITS);
        RecordingHandler good = goodClient(listening);
        bed.await(listening.acceptor().close());
        RecordingHandler late = new RecordingHandler();
        CompletableFuture<Connection> dialled = new Dialer(bed.network(), LIMITS)
                .dial(endpoint(listening, keys.client()), Setups.offer(Setups.mining()), late)
                .toCompletableFuture();
        bed.await(dialled::isDone);

        assertThat(dialled).isCompletedExceptionally();
        assertThat(late.events).isEmpty();
        assertUndisturbed(good, listening);
    }

    // Fixtures.

    private RecordingHandler goodClient(Listening listening) {
        return good(listening, keys.client());
    }

    private RecordingHandler goodPlainClient(Listening listening) {
        return good(listening, new ClientSecurity.Plain());
    }

    private RecordingHandler good(Listening listening, ClientSecurity security) {
        int before = listening.accepted.size();
        RecordingHandler client = dial(listening, Setups.offer(Setups.mining()), security);
        bed.await(() -> client.events.contains("open") && listening.accepted.size() > before);
        return client;
    }

    private RecordingHandler dial(Listening listening, SetupOffer offer, ClientSecurity security) {
        RecordingHandler client = new RecordingHandler();
        bed.await(new Dialer(bed.network(), LIMITS).dial(endpoint(listening, security), offer, client));
        return client;
    }

    private RawPeer setUpPeer(Listening listening) {
        int before = listening.accepted.size();
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(Setups.mining());
        bed.await(() -> listening.accepted.size() > before
                && listening.accepted.getLast().isOpen()
                && !peer.messages().isEmpty());
        return peer;
    }

    private static Endpoint endpoint(Listening listening, ClientSecurity security) {
        return new Endpoint("127.0.0.1", listening.port(), security);
    }

    private void assertClosed(Listening listening, int index, Class<? extends CloseReason> type, String text) {
        bed.await(() -> listening.accepted.size() > index && listening.accepted.get(index).closed != null);
        assertThat(listening.accepted.get(index).closed).isInstanceOf(type);
        assertThat(listening.accepted.get(index).closed.text()).contains(text);
    }

    private void assertRefused(Listening listening, String text) {
        RawPeer extra = RawPeer.dial(bed, listening.port());
        bed.await(() -> extra.isClosed() && listening.refused.size() == 1);
        assertThat(listening.refused.getFirst()).isInstanceOf(TooManyConnections.class);
        assertThat(listening.refused.getFirst().text()).startsWith(text);
        assertThat(extra.received()).isEmpty();
    }

    /// The good client, the first that was accepted, still gets through.
    private void assertUndisturbed(RecordingHandler good, Listening listening) {
        RecordingHandler served = listening.accepted.getFirst();
        int before = served.received.size();
        good.onLane(connection -> connection.send(share(4711)));
        bed.await(() -> served.received.size() == before + 1);
        assertThat(served.received).last().isEqualTo(share(4711));
        assertThat(good.closed).isNull();
    }

    private static final class SilentHandler implements PipeHandler {
        @Override
        public void onBytes(byte[] bytes, int offset, int length) {}

        @Override
        public void onClosed(@Nullable Throwable failure) {}
    }

    /// Does something on the lane of the connection, and waits for it.
    private void turn(RecordingHandler handler, Consumer<Connection> action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        handler.onLane(connection -> {
            try {
                action.accept(connection);
                done.complete(null);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        bed.await(done);
    }

    private Traffic traffic(RecordingHandler handler) {
        CompletableFuture<Traffic> result = new CompletableFuture<>();
        handler.onLane(connection -> result.complete(connection.traffic()));
        return bed.await(result);
    }

    private static void fail() {
        throw new StackOverflowError("pretended");
    }

    private static UnknownMessage unknown(int extensionType, int messageType, int payloadBytes) {
        return new UnknownMessage(extensionType, false, messageType, Bytes.of(new byte[payloadBytes]));
    }

    private static SubmitSharesStandard share(long number) {
        return new SubmitSharesStandard(1, number, 1, 2, 3, 4);
    }

    private static SubmitSharesSuccess credit(SubmitSharesStandard share) {
        return new SubmitSharesSuccess(1, share.sequenceNumber(), 1, 1);
    }
}
