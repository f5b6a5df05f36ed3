package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.DeadlineMissed;
import org.stratumj.connection.CloseReason.NetworkFailed;
import org.stratumj.connection.CloseReason.Step;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Goal: deadlines at their bound, on virtual time.
class ConnectionTimeTest {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration FIRST_CHANNEL = Duration.ofSeconds(20);

    private final SimNetwork network = new SimNetwork(7);
    private final SimBed bed = new SimBed(network);
    private final ConnectionLimits limits = ConnectionLimits.defaults()
            .with(change -> change.handshakeDeadline(Duration.ofSeconds(3))
                    .setupDeadline(Duration.ofSeconds(4))
                    .firstChannelDeadline(Duration.ZERO));

    private RawPeer peer;

    /// Goal: a queue of which the network takes nothing ends its connection at the limit, and not before.
    @Test
    void queueThatTheNetworkTakesNothingOfIsGivenUp() {
        Listening listening = overfull();
        network.advance(limits.outboundDeadline().minus(TICK));
        assertThat(listening.only().isOpen()).isTrue();
        network.advance(TICK);
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.OUTBOUND, limits.outboundDeadline()));
        assertThat(listening.only().closed.text()).isEqualTo("reading any of what was sent not done within 60000 ms");
    }

    /// Goal: a slow peer that takes something stays, however long its queue lasts. Method: it reads once a
    /// minute, then not any more.
    @Test
    void slowPeerThatTakesSomethingStays() {
        Listening listening = overfull();
        for (int i = 0; i < 5; i++) {
            network.advance(limits.outboundDeadline().minus(TICK));
            peer.readOnce();
            network.advance(TICK);
            assertThat(listening.only().isOpen()).isTrue();
        }
        network.advance(limits.outboundDeadline().multipliedBy(2));
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.OUTBOUND, limits.outboundDeadline()));
    }

    @Test
    void queueThatWasTakenEndsNothing() {
        Listening listening = overfull();
        peer.readAgain();
        network.advance(Duration.ofMinutes(10));
        assertThat(listening.only().isOpen()).isTrue();
    }

    /// A connection to [#peer], which has stopped to read, with a queue.
    private Listening overfull() {
        Listening listening = Listening.on(bed, new ServerSecurity.Plain(), limits);
        peer = RawPeer.dial(bed, listening.port());
        peer.send(Setups.mining());
        network.run();
        peer.stopReading();
        listening.only().onLane(connection -> {
            while (connection.queuedBytes() < 2 << 20) {
                connection.send(new CloseChannel(1, Str0255.of("x".repeat(200))));
                connection.flush();
            }
        });
        network.run();
        assertThat(listening.only().isOpen()).isTrue();
        return listening;
    }

    @Test
    void handshakeMayTakeItsWholeTime() {
        Listening listening = Listening.on(bed, Keys.fresh().server(), limits);
        RawPeer.dial(bed, listening.port()).send(new byte[10]);
        network.advance(Duration.ofSeconds(3).minus(TICK));
        assertThat(listening.only().closed).isNull();
        network.advance(TICK);
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.HANDSHAKE, Duration.ofSeconds(3)));
    }

    @Test
    void setupMayTakeItsWholeTimeAfterTheHandshake() {
        Listening listening = Listening.on(bed, Keys.fresh().server(), limits);
        RawPeer peer = RawPeer.dial(bed, listening.port());
        network.advance(Duration.ofSeconds(2));
        peer.send(new byte[64]);
        network.advance(Duration.ofSeconds(4).minus(TICK));
        assertThat(listening.only().closed).isNull();
        network.advance(TICK);
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.SETUP, Duration.ofSeconds(4)));
    }

    @Test
    void tricklingBytesDoesNotExtendTheSetupDeadline() {
        Listening listening = Listening.on(bed, new ServerSecurity.Plain(), limits);
        RawPeer peer = RawPeer.dial(bed, listening.port());
        for (int i = 0; i < 5; i++) {
            peer.send((byte) 0);
            network.advance(Duration.ofSeconds(1));
        }
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.SETUP, Duration.ofSeconds(4)));
    }

    @Test
    void activityOfEitherSideKeepsTheConnection() {
        Listening listening = Listening.on(
                bed,
                new ServerSecurity.Plain(),
                limits.with(change -> change.idleLimit(Subprotocol.MINING, Duration.ofSeconds(10))));
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(Setups.mining());
        network.run();
        CloseChannel message = new CloseChannel(1, Str0255.of("idle"));
        for (int i = 0; i < 5; i++) {
            network.advance(Duration.ofSeconds(10).minus(TICK));
            peer.send(message);
            network.advance(Duration.ofSeconds(10).minus(TICK));
            listening.only().onLane(connection -> connection.send(message));
            network.run();
        }
        assertThat(listening.only().isOpen()).isTrue();

        network.advance(Duration.ofSeconds(10).minus(TICK));
        assertThat(listening.only().isOpen()).isTrue();
        network.advance(TICK);
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.ACTIVITY, Duration.ofSeconds(10)));
    }

    @Test
    void deadlinesStandStillWhileReadingIsPaused() {
        Listening listening = Listening.on(
                bed,
                new ServerSecurity.Plain(),
                limits.with(change -> change.idleLimit(Subprotocol.MINING, Duration.ofSeconds(10))
                        .frameDeadline(Duration.ofSeconds(5))));
        RawPeer peer = RawPeer.dial(bed, listening.port());
        peer.send(Setups.mining());
        network.run();
        peer.send(new byte[1]);
        network.advance(Duration.ofSeconds(2));
        listening.only().onLane(Connection::pauseReading);
        network.advance(Duration.ofDays(1));
        assertThat(listening.only().isOpen()).isTrue();

        listening.only().onLane(Connection::resumeReading);
        network.advance(Duration.ofSeconds(3).minus(TICK));
        assertThat(listening.only().isOpen()).isTrue();
        network.advance(TICK);
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.FRAME, Duration.ofSeconds(5)));
    }

    @Test
    void idleLimitBeginsAnewAfterAPause() {
        Listening listening = Listening.on(
                bed,
                new ServerSecurity.Plain(),
                limits.with(change -> change.idleLimit(Subprotocol.MINING, Duration.ofSeconds(10))));
        RawPeer.dial(bed, listening.port()).send(Setups.mining());
        network.run();
        network.advance(Duration.ofSeconds(4));
        listening.only().onLane(Connection::pauseReading);
        network.advance(Duration.ofDays(1));
        listening.only().onLane(Connection::resumeReading);
        network.advance(Duration.ofSeconds(10).minus(TICK));
        assertThat(listening.only().isOpen()).isTrue();
        network.advance(TICK);
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.ACTIVITY, Duration.ofSeconds(10)));
    }

    @Test
    void anHourOfSilenceEndsAMiningConnectionAndNoOther() {
        ConnectionLimits defaults = ConnectionLimits.defaults();
        assertThat(defaults.idleLimit(Subprotocol.MINING)).isEqualTo(Duration.ofHours(1));
        assertThat(defaults.idleLimit(Subprotocol.JOB_DECLARATION)).isZero();
        assertThat(defaults.idleLimit(Subprotocol.TEMPLATE_DISTRIBUTION)).isZero();

        Listening listening = Listening.on(bed, new ServerSecurity.Plain(), limits);
        RawPeer.dial(bed, listening.port()).send(Setups.mining());
        network.run();
        network.advance(Duration.ofHours(1).minus(TICK));
        assertThat(listening.only().isOpen()).isTrue();
        network.advance(TICK);
        assertThat(listening.only().closed).isEqualTo(new DeadlineMissed(Step.ACTIVITY, Duration.ofHours(1)));
    }

    @Test
    void firstChannelMayTakeItsWholeTime() {
        RecordingHandler handler = openForAChannel();
        network.advance(FIRST_CHANNEL.minus(TICK));
        assertThat(handler.isOpen()).isTrue();
        network.advance(TICK);
        assertThat(handler.closed).isEqualTo(new DeadlineMissed(Step.FIRST_CHANNEL, FIRST_CHANNEL));
    }

    @Test
    void openChannelEndsTheWaitForIt() {
        RecordingHandler handler = openForAChannel();
        network.advance(FIRST_CHANNEL.minus(TICK));
        peer.send(open(1));
        network.run();
        handler.onLane(connection -> connection.send(success(1)));
        network.advance(Duration.ofMinutes(30));
        assertThat(handler.isOpen()).isTrue();
    }

    @Test
    void requestThatTheServerLetsWaitDoesNotCountAgainstTheMiner() {
        RecordingHandler handler = openForAChannel();
        peer.send(open(1));
        network.advance(Duration.ofMinutes(30));
        assertThat(handler.isOpen()).isTrue();
    }

    /// Goal: requests that cannot be granted do not keep a place. Method: each is refused at once; only the time
    /// between them counts, and it adds up.
    @Test
    void refusedRequestsDoNotProlongTheWaitForAChannel() {
        RecordingHandler handler = openForAChannel();
        Duration part = FIRST_CHANNEL.dividedBy(4);
        for (int i = 0; i < 3; i++) {
            network.advance(part);
            peer.send(open(i));
            peer.send(open(100 + i));
            network.run();
            int refused = i;
            handler.onLane(connection -> connection.send(refusal(refused)));
            network.advance(Duration.ofMinutes(1)); // one of the two still waits
            handler.onLane(connection -> connection.send(refusal(100 + refused)));
            network.run();
        }
        network.advance(part.minus(TICK));
        assertThat(handler.isOpen()).isTrue();
        network.advance(TICK);
        assertThat(handler.closed).isEqualTo(new DeadlineMissed(Step.FIRST_CHANNEL, FIRST_CHANNEL));
    }

    @Test
    void pauseHoldsTheWaitForAChannelWhateverIsSent() {
        RecordingHandler handler = openForAChannel();
        peer.send(open(1));
        network.run();
        handler.onLane(connection -> {
            connection.pauseReading();
            connection.send(refusal(1));
        });
        network.advance(Duration.ofMinutes(30));
        assertThat(handler.isOpen()).isTrue();
        handler.onLane(Connection::resumeReading);
        network.advance(FIRST_CHANNEL);
        assertThat(handler.closed).isEqualTo(new DeadlineMissed(Step.FIRST_CHANNEL, FIRST_CHANNEL));
    }

    @Test
    void clientsWaitForNoFirstChannel() {
        Listening listening = Listening.on(bed, new ServerSecurity.Plain(), limits);
        RecordingHandler client = new RecordingHandler();
        Endpoint endpoint = new Endpoint("127.0.0.1", listening.port(), new ClientSecurity.Plain());
        bed.await(new Dialer(network, limits.with(change -> change.firstChannelDeadline(FIRST_CHANNEL)))
                .dial(endpoint, Setups.offer(Setups.mining()), client));
        network.advance(FIRST_CHANNEL.multipliedBy(2));
        assertThat(client.isOpen()).isTrue();
    }

    private RecordingHandler openForAChannel() {
        Listening listening = Listening.on(
                bed, new ServerSecurity.Plain(), limits.with(change -> change.firstChannelDeadline(FIRST_CHANNEL)));
        peer = RawPeer.dial(bed, listening.port());
        peer.send(Setups.mining());
        network.run();
        return listening.only();
    }

    private static OpenStandardMiningChannel open(long requestId) {
        return new OpenStandardMiningChannel(requestId, Str0255.of("bob"), 1e12f, U256.ZERO);
    }

    private static OpenStandardMiningChannelSuccess success(long requestId) {
        return new OpenStandardMiningChannelSuccess(requestId, 3, U256.ZERO, Bytes.EMPTY, 4);
    }

    private static OpenMiningChannelError refusal(long requestId) {
        return new OpenMiningChannelError(requestId, Str0255.of("channel-capacity-exhausted"));
    }

    @Test
    void zeroIdleLimitKeepsSilentConnections() {
        Listening listening = Listening.on(
                bed,
                new ServerSecurity.Plain(),
                limits.with(change -> change.idleLimit(Subprotocol.MINING, Duration.ZERO)));
        RawPeer.dial(bed, listening.port()).send(Setups.mining());
        network.advance(Duration.ofDays(1));
        assertThat(listening.only().isOpen()).isTrue();
    }

    @Test
    void namesTheFailureOfTheNetwork() {
        Listening listening = Listening.on(bed, new ServerSecurity.Plain(), limits);
        RawPeer.dial(bed, listening.port()).send(Setups.mining());
        network.run();
        network.cut();
        network.run();
        assertThat(listening.only().closed)
                .isEqualTo(new NetworkFailed("connection lost: connection reset by the simulation"));
    }
}
