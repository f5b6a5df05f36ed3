package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.DeadlineMissed;
import org.stratumj.connection.CloseReason.NetworkFailed;
import org.stratumj.connection.CloseReason.Step;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.wire.Str0255;

/// Goal: deadlines at their bound, on virtual time.
class ConnectionTimeTest {
    private static final Duration TICK = Duration.ofMillis(1);

    private final SimNetwork network = new SimNetwork(7);
    private final SimBed bed = new SimBed(network);
    private final ConnectionLimits limits =
            ConnectionLimits.defaults().withDeadlines(Duration.ofSeconds(3), Duration.ofSeconds(4));

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
        Listening listening =
                Listening.on(bed, new ServerSecurity.Plain(), limits.withIdleLimit(Duration.ofSeconds(10)));
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
                limits.withIdleLimit(Duration.ofSeconds(10)).withFrameDeadline(Duration.ofSeconds(5)));
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
        Listening listening =
                Listening.on(bed, new ServerSecurity.Plain(), limits.withIdleLimit(Duration.ofSeconds(10)));
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
    void zeroIdleLimitKeepsSilentConnections() {
        Listening listening = Listening.on(bed, new ServerSecurity.Plain(), limits);
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
