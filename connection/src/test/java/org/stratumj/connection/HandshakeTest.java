package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.HandlerFailed;
import org.stratumj.connection.CloseReason.HandshakeFailed;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.WorkQueue;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.StaticKeyPair;
import org.stratumj.noise.TransportCiphers;

/// Goal: what a peer can do while a worker is busy with its handshake.
class HandshakeTest {
    private final SimNetwork network = new SimNetwork(11);
    private final SimBed bed = new SimBed(network);
    private final WorkQueue workers = network.holdWorkers();
    private final Listening listening = Listening.on(bed, Keys.fresh().server(), ConnectionLimits.defaults());
    private final RawPeer peer = RawPeer.dial(bed, listening.port());

    @Test
    void answersOnceTheWorkerIsDone() {
        peer.send(new byte[64]);
        network.run();
        assertThat(peer.received()).isEmpty();
        workers.runAll();
        network.run();
        assertThat(peer.received()).hasSize(234);
    }

    @Test
    void doesNotReadOnMeanwhile() {
        peer.send(new byte[64]);
        network.run();
        peer.send(new byte[1 << 20]);
        network.run();
        assertThat(listening.only().closed).isNull();
        workers.runAll();
        network.run();
        assertThat(listening.only().closed).isInstanceOf(HandshakeFailed.class);
    }

    @Test
    void readsWhatCameWithTheAct() {
        peer.send(new byte[64 + 22]);
        network.run();
        workers.runAll();
        network.run();
        assertThat(listening.only().closed).isInstanceOf(HandshakeFailed.class);
        assertThat(listening.only().closed.text()).contains("cannot be decrypted");
    }

    @Test
    void peerThatLeavesMeanwhileIsForgotten() {
        peer.send(new byte[64]);
        network.run();
        peer.breakOff();
        network.run();
        workers.runAll();
        network.run();
        assertThat(listening.only().closed).isNotInstanceOf(HandlerFailed.class);
        assertThat(listening.acceptor().connections()).isZero();
    }

    @Test
    void computesNothingForAPeerThatLeftBeforeAWorkerBegan() {
        Handshake handshake = thatNoWorkerBegins();
        handshake.onBytes(new byte[64], 0, 64, new StubPipe(network.newLane()), workers, new NoOutcome());
        handshake.abandon();
        workers.runAll();
        network.run();
    }

    @Test
    void boundsWhatMayComeWithTheAct() {
        Handshake handshake = thatNoWorkerBegins();
        StubPipe pipe = new StubPipe(network.newLane());
        byte[] most = new byte[64 + Handshake.EARLY_BYTES_MAX];
        handshake.onBytes(most, 0, most.length, pipe, workers, new NoOutcome());

        assertThat(pipe.readable).isFalse();
        assertThatThrownBy(() -> handshake.onBytes(most, 0, 1, pipe, workers, new NoOutcome()))
                .isInstanceOf(PeerViolationException.class)
                .hasMessage("more than 65536 bytes before the handshake was done");
    }

    private Handshake thatNoWorkerBegins() {
        return Handshake.of(new HandshakeResponder(
                StaticKeyPair.generate(Keys.CURVE, Keys.RANDOM),
                now -> {
                    throw new AssertionError("a worker has begun");
                },
                Keys.CURVE,
                network.clock(),
                Keys.RANDOM));
    }

    private static final class NoOutcome implements Handshake.Outcome {
        @Override
        public void succeeded(TransportCiphers ciphers, byte[] early) {
            throw new AssertionError("succeeded");
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }
    }
}
