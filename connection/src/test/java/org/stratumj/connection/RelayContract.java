package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Direction;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Bytes;

/// How a relay behaves between good and bad ends, on any network.
abstract class RelayContract {
    private static final ServerSecurity PLAIN = new ServerSecurity.Plain();
    private static final ConnectionLimits LIMITS = ConnectionLimits.defaults();

    private final Keys serverKeys = Keys.fresh();
    private final Keys relayKeys = Keys.fresh();
    private final Seen seen = new Seen();
    private TestBed bed;

    abstract TestBed openBed();

    /// What the network itself may hold for a peer that does not read.
    abstract long networkBytesMax();

    @BeforeEach
    void open() {
        bed = openBed();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void carriesMessagesBetweenNoiseAndNoise() {
        carries(serverKeys.server(), serverKeys.client(), relayKeys.server(), relayKeys.client());
    }

    @Test
    void carriesMessagesBetweenNoiseAndPlaintext() {
        carries(PLAIN, new ClientSecurity.Plain(), relayKeys.server(), relayKeys.client());
    }

    @Test
    void carriesMessagesBetweenPlaintextAndNoise() {
        carries(serverKeys.server(), serverKeys.client(), PLAIN, new ClientSecurity.Plain());
    }

    private void carries(
            ServerSecurity server, ClientSecurity upstream, ServerSecurity downstream, ClientSecurity security) {
        Listening listening = Listening.on(bed, server, LIMITS);
        listening.handlers = () -> {
            RecordingHandler handler = new RecordingHandler();
            handler.onMessage = message -> handler.connection.send(credit((SubmitSharesStandard) message));
            return handler;
        };
        Relay relay = relay(downstream, endpoint(listening.port(), upstream));
        RecordingHandler client = new RecordingHandler();
        List<Sv2Message> credits = new ArrayList<>();
        client.onOpen = connection -> {
            for (int i = 0; i < 300; i++) {
                connection.send(share(i));
                credits.add(credit(share(i)));
            }
        };
        dial(relay, security, client);
        bed.await(() -> client.received.size() == 300);

        assertThat(client.received).isEqualTo(credits);
        assertThat(seen.messages(Direction.TO_SERVER)).hasSize(301).first().isInstanceOf(SetupConnection.class);
        assertThat(seen.messages(Direction.TO_CLIENT).getFirst()).isInstanceOf(SetupConnectionSuccess.class);
        assertThat(seen.messages(Direction.TO_CLIENT).subList(1, 301)).isEqualTo(credits);
        assertThat(relay.connections()).isEqualTo(1);

        client.connection.close(new CloseReason.Local("enough"));
        bed.await(() -> listening.only().closed != null && seen.closed.size() == 1 && relay.connections() == 0);
        assertThat(listening.only().closed).isEqualTo(new CloseReason.Remote());
        assertThat(seen.closed).containsExactly("TO_SERVER closed by the peer");
        assertThat(seen.opened).hasValue(1);
    }

    @Test
    void endsTheClientWhenTheServerCloses() {
        Listening listening = Listening.on(bed, serverKeys.server(), LIMITS);
        Relay relay = relay(relayKeys.server(), endpoint(listening.port(), serverKeys.client()));
        RecordingHandler client = new RecordingHandler();
        dial(relay, relayKeys.client(), client);
        bed.await(client::isOpen);
        listening.only().onLane(connection -> {
            connection.send(credit(share(1)));
            connection.close(new CloseReason.Local("maintenance"));
        });
        bed.await(() -> client.closed != null);
        assertThat(client.received).containsExactly(credit(share(1)));
        assertThat(client.closed).isEqualTo(new CloseReason.Remote());
        assertThat(seen.closed).containsExactly("TO_CLIENT closed by the peer");
    }

    @Test
    void passesOnWhatItDoesNotKnow() {
        RawServer server = RawServer.on(bed);
        Relay relay = relay(PLAIN, endpoint(server.port(), new ClientSecurity.Plain()));
        RawPeer client = RawPeer.dial(bed, relay.localAddress().getPort());
        UnknownMessage strange = new UnknownMessage(0x7abc, true, 9, Bytes.ofHex("0102030405"));
        Frame wrongBit = new Frame(new FrameHeader(0, true, 1, 6), Bytes.ofHex("020005000000"));
        client.send(strange);
        client.send(wrongBit);
        bed.await(() -> server.received().length == strange.frame().size() + wrongBit.size());
        assertThat(Bytes.of(server.received()))
                .isEqualTo(Bytes.of(strange.frame().bytes()).concat(Bytes.of(wrongBit.bytes())));
    }

    @Test
    void keepsWhatAClientSaysBeforeTheServerIsThere() {
        Listening listening = Listening.on(bed, serverKeys.server(), LIMITS);
        Relay relay = relay(PLAIN, endpoint(listening.port(), serverKeys.client()));
        RawPeer client = RawPeer.dial(bed, relay.localAddress().getPort());
        client.send(Setups.mining());
        bed.await(() -> client.messages().size() == 1);
        assertThat(client.messages()).hasOnlyElementsOfType(SetupConnectionSuccess.class);
    }

    @Test
    void endsBothWhenAClientSendsNoFrame() {
        RawServer server = RawServer.on(bed);
        Relay relay = relay(PLAIN, endpoint(server.port(), new ClientSecurity.Plain()));
        RawPeer client = RawPeer.dial(bed, relay.localAddress().getPort());
        client.send(Setups.mining());
        client.send(Bytes.ofHex("000001ffffff").bytes());
        bed.await(() -> client.isClosed() && server.isClosed());
        assertThat(seen.messages(Direction.TO_SERVER)).containsExactly(Setups.mining());
        assertThat(seen.closed).singleElement().asString().startsWith("TO_SERVER Frame.msg_length at byte 3");
    }

    @Test
    void endsTheClientWhenTheServerIsNotTheOneItShouldBe() {
        Listening listening = Listening.on(bed, serverKeys.server(), LIMITS);
        Relay relay = relay(PLAIN, endpoint(listening.port(), relayKeys.client()));
        RawPeer client = RawPeer.dial(bed, relay.localAddress().getPort());
        bed.await(client::isClosed);
        assertThat(seen.closed)
                .singleElement()
                .asString()
                .startsWith("TO_CLIENT")
                .contains("authority key");
        assertThat(seen.opened).hasValue(0);
    }

    @Test
    void endsTheClientWhenThereIsNoServer() {
        Listening listening = Listening.on(bed, PLAIN, LIMITS);
        int port = listening.port();
        bed.await(listening.acceptor().close());
        Relay relay = relay(PLAIN, endpoint(port, new ClientSecurity.Plain()));
        RawPeer client = RawPeer.dial(bed, relay.localAddress().getPort());
        bed.await(() -> client.isClosed() && relay.connections() == 0);
        assertThat(seen.closed).singleElement().asString().startsWith("TO_CLIENT cannot connect to 127.0.0.1:" + port);
    }

    @Test
    void acceptsNoMoreThanItMay() {
        RawServer server = RawServer.on(bed);
        ConnectionLimits one =
                LIMITS.with(change -> change.connectionsMax(1).perSourceMax(1).halfOpenMax(1));
        Relay relay = bed.await(Relay.listen(
                bed.network(), anyPort(), PLAIN, endpoint(server.port(), new ClientSecurity.Plain()), one, seen));
        RawPeer first = RawPeer.dial(bed, relay.localAddress().getPort());
        bed.await(() -> seen.opened.get() == 1);
        RawPeer second = RawPeer.dial(bed, relay.localAddress().getPort());
        bed.await(second::isClosed);
        assertThat(first.isClosed()).isFalse();
        assertThat(seen.closed).singleElement().asString().contains("connectionsMax of 1 reached");
        bed.await(relay.close());
    }

    /// The server reads nothing. What the relay has taken from the client by then has to stay bounded, and
    /// all of it has to arrive once the server reads again.
    @Test
    void readsNoMoreThanTheOtherSideTakes() {
        RawServer server = RawServer.on(bed);
        Relay relay = relay(PLAIN, endpoint(server.port(), new ClientSecurity.Plain()));
        RawPeer client = RawPeer.dial(bed, relay.localAddress().getPort());
        client.send(Setups.mining());
        bed.await(() -> server.receivedBytes() > 0);
        server.stopReading();
        Frame frame = new UnknownMessage(0x4000, false, 1, Bytes.of(new byte[60_000])).frame();
        long bound = RelayEnd.WAITING_BYTES_MAX + networkBytesMax();
        long frames = 2 * bound / frame.size();
        for (long i = 0; i < frames; i++) {
            client.send(frame);
        }
        bed.await(() -> seen.bytes.get() > RelayEnd.WAITING_BYTES_MAX);
        long before = -1;
        while (before != seen.bytes.get()) { // until it stands still for a round trip of the lane
            before = seen.bytes.get();
            RawPeer other = RawPeer.dial(bed, relay.localAddress().getPort());
            bed.await(() -> seen.opened.get() > 1);
            other.close();
            bed.await(other::isClosed);
        }
        assertThat(seen.bytes.get()).isLessThan(bound);
        server.readAgain();
        bed.await(() -> server.receivedBytes() > frames * frame.size());
        assertThat(seen.closed.stream().filter(text -> !text.contains("closed by the peer")))
                .isEmpty();
    }

    private Relay relay(ServerSecurity security, Endpoint upstream) {
        return bed.await(Relay.listen(bed.network(), anyPort(), security, upstream, LIMITS, seen));
    }

    private void dial(Relay relay, ClientSecurity security, RecordingHandler client) {
        Endpoint endpoint = endpoint(relay.localAddress().getPort(), security);
        bed.await(new Dialer(bed.network(), LIMITS).dial(endpoint, Setups.offer(Setups.mining()), client));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Endpoint endpoint(int port, ClientSecurity security) {
        return new Endpoint("127.0.0.1", port, security);
    }

    private static SubmitSharesStandard share(long sequenceNumber) {
        return new SubmitSharesStandard(1, sequenceNumber, 2, 3, 4, 5);
    }

    private static SubmitSharesSuccess credit(SubmitSharesStandard share) {
        return new SubmitSharesSuccess(1, share.sequenceNumber(), 1, 64);
    }

    private static final class Seen implements Relay.Watcher {
        private record Passed(Direction direction, Sv2Message message) {}

        private final List<Passed> passed = new CopyOnWriteArrayList<>();
        private final List<String> closed = new CopyOnWriteArrayList<>();
        private final AtomicLong opened = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();

        List<Sv2Message> messages(Direction direction) {
            return passed.stream()
                    .filter(one -> one.direction == direction)
                    .map(Passed::message)
                    .toList();
        }

        @Override
        public void onOpen(ConnectionId connection, InetSocketAddress client) {
            opened.incrementAndGet();
        }

        @Override
        public void onFrame(ConnectionId connection, Direction direction, Instant time, Frame frame) {
            bytes.addAndGet(frame.size());
            passed.add(new Passed(direction, MessageRegistry.core().decode(frame)));
        }

        @Override
        public void onClosed(ConnectionId connection, Direction side, CloseReason reason) {
            closed.add(side + " " + reason.text());
        }
    }
}
