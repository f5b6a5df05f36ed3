package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.CloseReason.DeadlineMissed;
import org.stratumj.connection.CloseReason.HandshakeFailed;
import org.stratumj.connection.CloseReason.SetupRefused;
import org.stratumj.connection.CloseReason.SlowConsumer;
import org.stratumj.connection.CloseReason.Step;
import org.stratumj.connection.CloseReason.TooManyConnections;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionError;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;

/// Attacks on one connection or on the door, one test each, in virtual time. `docs/attacks.md` says what each wants.
class ConnectionAttackTest {
    private static final ServerSecurity PLAIN = new ServerSecurity.Plain();
    private static final Duration FRAME_DEADLINE = Duration.ofSeconds(20);
    private static final Duration TICK = Duration.ofNanos(1);

    private final SimNetwork network = new SimNetwork(20_261_120);
    private final SimBed bed = new SimBed(network);
    private final ConnectionLimits limits = ConnectionLimits.defaults()
            .with(change -> change.frameDeadline(FRAME_DEADLINE)
                    .firstChannelDeadline(Duration.ZERO)
                    .idleLimit(Subprotocol.MINING, Duration.ZERO));

    @Test
    void halfFrameIsGivenUpAtTheFrameDeadline() {
        Listening listening = Listening.on(bed, PLAIN, limits);
        RawPeer peer = setUp(listening);
        byte[] frame = encoded(share(1));
        peer.send(frame[0]);
        network.advance(FRAME_DEADLINE.minus(TICK));
        assertThat(listening.only().isOpen()).isTrue();
        network.advance(TICK);
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.FRAME, FRAME_DEADLINE));
        assertThat(listening.only().closed.text()).isEqualTo("frame not done within 20000 ms");
    }

    @Test
    void tricklingAFrameDoesNotExtendItsDeadline() {
        Listening listening = Listening.on(bed, PLAIN, limits);
        RawPeer peer = setUp(listening);
        byte[] frame = encoded(share(1));
        for (int i = 0; i < frame.length && listening.only().closed == null; i++) {
            peer.send(frame[i]);
            network.advance(Duration.ofSeconds(1));
        }
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.FRAME, FRAME_DEADLINE));
    }

    @Test
    void frameDeadlineIsForEachFrameAnewAndForNoSilenceBetween() {
        Listening listening = Listening.on(bed, PLAIN, limits);
        RawPeer peer = setUp(listening);
        byte[] frame = encoded(share(1));
        for (int i = 0; i < 5; i++) {
            peer.send(frame[0]);
            network.advance(FRAME_DEADLINE.minus(TICK));
            byte[] restAndNext = new byte[frame.length];
            System.arraycopy(frame, 1, restAndNext, 0, frame.length - 1);
            restAndNext[frame.length - 1] = frame[0];
            peer.send(restAndNext);
            network.advance(FRAME_DEADLINE.minus(TICK));
            peer.send(Arrays.copyOfRange(frame, 1, frame.length));
            network.advance(Duration.ofHours(1));
        }
        assertThat(listening.only().isOpen()).isTrue();
        assertThat(listening.only().received).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void framesAfterARefusedSetupReachNobody(int more) {
        Listening listening = Listening.on(bed, PLAIN, limits);
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(Setups.of(7, 2, 2, 0));
        for (int i = 0; i < more; i++) {
            peer.send(Setups.mining());
            peer.send(share(i));
        }
        network.run();
        network.advance(Duration.ofSeconds(10));

        assertThat(listening.only().events).containsExactly("closed");
        assertThat(listening.only().closed).isEqualTo(new SetupRefused("unsupported-protocol", 0));
        assertThat(peer.messages()).hasSize(1).first().isInstanceOf(SetupConnectionError.class);
        assertThat(listening.acceptor().connections()).isZero();
    }

    @Test
    void floodOfUnknownMessagesIsCountedAndForgotten() {
        Listening listening = Listening.on(bed, PLAIN, limits);
        RawPeer peer = setUp(listening);
        int[] unknown = {0};
        RecordingHandler handler = listening.only();
        for (int i = 0; i < 5_000; i++) {
            peer.send(new UnknownMessage(0x4000 | i, false, i & 0xff, Bytes.of(new byte[i % 50])));
        }
        peer.send(share(1));
        network.run();
        handler.onLane(connection -> unknown[0] = (int) connection.traffic().unknownIn());
        network.run();

        assertThat(handler.isOpen()).isTrue();
        assertThat(handler.received).last().isEqualTo(share(1));
        assertThat(unknown[0]).isEqualTo(5_000);
        assertThat(peer.messages()).hasSize(1);
    }

    @Test
    void writeNeverReadPeerIsClosedAtTheOutboundBudget() {
        int budget = 100_000;
        Listening listening = Listening.on(
                bed,
                PLAIN,
                limits.with(change -> change.payloadBytesMax(1 << 20).outboundBytesMax(budget)));
        RawPeer peer = setUp(listening);
        peer.stopReading();
        RequestExtensions request = new RequestExtensions(
                1, LongStream.range(0, 5_000).mapToObj(i -> (int) i).toList());
        for (int i = 0; i < 1_000 && listening.only().closed == null; i++) {
            peer.send(request);
            network.run();
        }

        assertThat(listening.only().closed)
                .isInstanceOfSatisfying(
                        SlowConsumer.class,
                        reason -> assertThat(reason.queued())
                                .isBetween((long) budget, budget + 2L * encoded(request).length));
    }

    /// Goal: small frames are bounded where their bytes are not yet. Method: the window of the simulated network takes
    /// what it can; then exactly as many wait as are allowed, and one more closes.
    @Test
    void writeNeverReadPeerIsClosedAtItsFrames() {
        int frames = 500;
        Listening listening = Listening.on(bed, PLAIN, limits.with(change -> change.outboundFramesMax(frames)));
        RawPeer peer = setUp(listening);
        peer.stopReading();
        RecordingHandler handler = listening.only();
        handler.onLane(connection -> {
            while (connection.queuedFrames() < frames) {
                connection.send(share(1));
                connection.flush();
            }
        });
        network.run();
        assertThat(handler.isOpen()).isTrue();

        handler.onLane(connection -> connection.send(share(1)));
        network.run();
        assertThat(handler.closed).isEqualTo(new SlowConsumer(frames, frames, SlowConsumer.Unit.FRAMES));
        assertThat(handler.closed.text()).isEqualTo("too slow: 500 frames queued, limit 500");
    }

    /// Goal: whoever breaks a rule leaves a trace, and a crowd of them no flood. Method: peers that break one at the
    /// same time, then one after [FlightLog#EVERY].
    @Test
    void floodOfViolationsIsWrittenOutOnceASecond() {
        try (LogLines log = LogLines.of("org.stratumj.connection")) {
            Listening listening = Listening.on(bed, PLAIN, limits);
            for (int i = 0; i < 100; i++) {
                RawPeer peer = setUp(listening);
                peer.send(share(i));
                peer.send(Setups.mining());
            }
            network.run();
            assertThat(flights(log))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains(": the last 2 messages, after 0 others")
                    .containsPattern("in {2}SubmitSharesStandard, 24 bytes, channel 1, sequence number 0")
                    .containsPattern("in {2}SetupConnection, ");

            network.advance(FlightLog.EVERY);
            setUp(listening).send(Setups.mining());
            network.run();
            assertThat(flights(log)).hasSize(2).last().asString().contains("(99 other connections left out)");
            assertThat(listening.accepted).hasSize(101).allSatisfy(handler -> {
                assertThat(handler.closed.isFault()).isTrue();
                assertThat(handler.connection.flight().entries()).isNotEmpty();
            });
        }
    }

    private static List<String> flights(LogLines log) {
        return log.lines().stream().filter(line -> line.contains("the last")).toList();
    }

    @Test
    void malformedMessageIsInTheFlightThatItEnds() {
        Listening listening = Listening.on(bed, PLAIN, limits);
        RawPeer peer = setUp(listening);
        listening.only().onLane(connection -> connection.send(share(9)));
        network.run();
        byte[] cut = encoded(share(1));
        cut[3] = 5;
        peer.send(Arrays.copyOf(cut, 6 + 5));
        network.run();

        assertThat(listening.only().closed.isFault()).isTrue();
        assertThat(listening.only().connection.flight().entries())
                .extracting(Flight.Entry::received, Flight.Entry::payloadBytes, Flight.Entry::numbers)
                .containsExactly(tuple(false, 24, "channel 1, sequence number 9"), tuple(true, 5, "channel 1"));
    }

    @Test
    void halfOpenStormDoesNotKeepAnHonestClientOut() {
        Listening listening = Listening.on(
                bed,
                PLAIN,
                limits.with(
                        change -> change.connectionsMax(100).perSourceMax(100).halfOpenMax(8)));
        List<RawPeer> storm = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            storm.add(RawPeer.dial(bed, listening.port()));
        }
        network.run();
        network.advance(Admission.UNDISTURBED);
        RawPeer honest = RawPeer.dial(bed, listening.port());
        honest.send(Setups.mining());
        network.run();

        assertThat(honest.messages()).containsExactly(new SetupConnectionSuccess(2, 0));
        assertThat(storm.stream().filter(RawPeer::isClosed)).hasSize(1);
        assertThat(listening.accepted.stream().filter(handler -> handler.closed instanceof TooManyConnections))
                .hasSize(1);
        assertThat(listening.refused).isEmpty();
    }

    /// Goal: one address that connects faster than its connections grow old keeps no other out. Method: it
    /// takes all that it gets within the time in which nobody is pushed out; then a client of another address
    /// comes.
    @Test
    void halfOpenStormOfOneAddressLeavesPlacesToOthers() {
        Listening listening = Listening.on(
                bed, PLAIN, limits.with(change -> change.halfOpenMax(8).halfOpenPerSourceMax(4)));
        SimBed attacker = new SimBed(network.from("10.0.0.66"));
        for (int i = 0; i < 50; i++) {
            RawPeer.dial(attacker, listening.port());
        }
        network.run();
        assertThat(listening.accepted).hasSize(4);
        assertThat(listening.refused).hasSize(46);

        RawPeer honest = RawPeer.dial(new SimBed(network.from("10.0.0.7")), listening.port());
        honest.send(Setups.mining());
        network.run();
        assertThat(honest.messages()).containsExactly(new SetupConnectionSuccess(2, 0));
    }

    /// Who sits between client and server answers in plaintext, hoping that the client goes along.
    @Test
    void downgradeToPlaintextIsNoHandshake() {
        Network.Listener plain = bed.await(network.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pipe -> new PlainAnswers(pipe)));
        RecordingHandler client = new RecordingHandler();
        Endpoint endpoint = new Endpoint(
                "127.0.0.1", plain.localAddress().getPort(), Keys.fresh().client());
        bed.await(new Dialer(network, limits).dial(endpoint, Setups.offer(Setups.mining()), client));
        network.run();

        assertThat(client.closed).isInstanceOf(HandshakeFailed.class);
        assertThat(client.events).containsExactly("closed");
    }

    @Test
    void controlCharactersInDeviceStringsCannotForgeALogLine() {
        Listening listening = Listening.on(bed, PLAIN, limits);
        Str0255 forged = Str0255.of("x\r\n2026-11-20 INFO all is well\u001b[2J\u202e");
        RawPeer.dial(bed, listening.port())
                .send(new SetupConnection(0, 2, 2, 0, forged, 1, forged, forged, forged, forged));
        network.run();
        PeerInfo info = listening.only().connection.info();

        assertThat(info.vendor() + info.deviceId()).doesNotContain("\r", "\n", "\u001b", "\u202e");
        assertThat(info.toString()).doesNotContain("\r", "\n", "\u001b", "\u202e");
    }

    @Test
    void controlCharactersInAnErrorCodeCannotForgeALogLine() {
        Network.Listener hostile =
                bed.await(network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pipe -> {
                    byte[] refusal =
                            encoded(new SetupConnectionError(0, Str0255.of("no\nERROR stratumj: keys are\u001b[1A")));
                    pipe.write(refusal, 0, refusal.length);
                    pipe.flush();
                    return new Ignoring();
                }));
        RecordingHandler client = new RecordingHandler();
        Endpoint endpoint = new Endpoint("127.0.0.1", hostile.localAddress().getPort(), new ClientSecurity.Plain());
        bed.await(new Dialer(network, limits).dial(endpoint, Setups.offer(Setups.mining()), client));
        network.run();

        assertThat(client.closed.text())
                .startsWith("SetupConnection refused: no")
                .doesNotContain("\n", "\u001b");
    }

    private RawPeer setUp(Listening listening) {
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(Setups.mining());
        network.run();
        assertThat(listening.accepted.getLast().isOpen()).isTrue();
        return peer;
    }

    private static SubmitSharesStandard share(long number) {
        return new SubmitSharesStandard(1, number, 1, 2, 3, 4);
    }

    private static byte[] encoded(Sv2Message message) {
        return MessageRegistry.core().encode(message).bytes();
    }

    private static class Ignoring implements PipeHandler {
        @Override
        public void onBytes(byte[] bytes, int offset, int length) {}

        @Override
        public void onClosed(@Nullable Throwable failure) {}
    }

    private static final class PlainAnswers extends Ignoring {
        private final Pipe pipe;

        PlainAnswers(Pipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public void onBytes(byte[] bytes, int offset, int length) {
            byte[] success = encoded(new SetupConnectionSuccess(2, 0));
            for (int sent = 0; sent < 234; sent += success.length) {
                pipe.write(success, 0, success.length);
            }
            pipe.flush();
        }
    }
}
