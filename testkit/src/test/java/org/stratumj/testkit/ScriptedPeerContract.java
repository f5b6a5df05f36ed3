package org.stratumj.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.Acceptor;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionHandler;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.SetupPolicy;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.testkit.faults.Fault;
import org.stratumj.testkit.faults.FaultPlan;
import org.stratumj.testkit.faults.FaultyNetwork;
import org.stratumj.testkit.faults.Flow;

/// What a scripted peer says, hears and complains about, on any network.
abstract class ScriptedPeerContract {
    private static final ServerSecurity PLAIN = new ServerSecurity.Plain();
    private static final TestAuthority AUTHORITY = TestAuthority.fresh();
    private static final SubmitSharesSuccess CREDIT = new SubmitSharesSuccess(1, 2, 3, 4);
    private static final CloseChannel GOODBYE = new CloseChannel(1, Str0255.of("enough"));

    private TestBed bed;

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
    void speaksToARealServer() {
        Recording recording = new Recording();
        ScriptedPeer peer = ScriptedPeer.dial(bed, recording.listen(bed, AUTHORITY));
        assertThat(peer.setUp(Subprotocol.MINING, 0)).isEqualTo(new SetupConnectionSuccess(2, 0));
        peer.send(GOODBYE);
        bed.await(() -> recording.events.contains(GOODBYE));
        peer.send(setup()); // too late
        peer.expectClosed();
    }

    @Test
    void speaksToARealServerByteByByte() {
        FaultyNetwork network = new FaultyNetwork(
                bed.network(), _ -> FaultPlan.of(new Fault.Split(Flow.INCOMING, 1), new Fault.Split(Flow.OUTGOING, 1)));
        ScriptedPeer peer = ScriptedPeer.dial(bed, network, new Recording().listen(bed, AUTHORITY));
        assertThat(peer.setUp(Subprotocol.MINING, 0)).isEqualTo(new SetupConnectionSuccess(2, 0));
    }

    @Test
    void saysWhatNoRealClientSays() {
        Endpoint server = new Recording().listen(bed, AUTHORITY);
        ScriptedPeer early = ScriptedPeer.dial(bed, server);
        early.send(GOODBYE); // before SetupConnection
        early.expectClosed();
        ScriptedPeer unencrypted = ScriptedPeer.dial(bed, server);
        unencrypted.sendBytes(new byte[100]);
        unencrypted.expectClosed();
    }

    @Test
    void playsBothEndsEncrypted() {
        playBothEnds(AUTHORITY.server());
    }

    @Test
    void playsBothEndsInPlaintext() {
        playBothEnds(PLAIN);
    }

    private void playBothEnds(ServerSecurity security) {
        ScriptedServer server = ScriptedPeer.listen(bed, security);
        ScriptedPeer client = ScriptedPeer.dial(bed, server.endpoint());
        client.send(setup());
        ScriptedPeer peer = server.accept();
        assertThat(peer.acceptSetUp(5)).isEqualTo(setup());
        assertThat(client.expect(SetupConnectionSuccess.class).flags()).isEqualTo(5);
        peer.send(CREDIT, GOODBYE);
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(CREDIT);
        assertThat(client.expect(CloseChannel.class)).isEqualTo(GOODBYE);
        UnknownMessage strange = new UnknownMessage(0x7abc, true, 9, Bytes.ofHex("01020304"));
        client.send(strange.frame());
        assertThat(peer.expect(UnknownMessage.class)).isEqualTo(strange);
        client.close();
        peer.expectClosed();
        client.expectClosed();
    }

    @Test
    void skipsToWhatIsWanted() {
        Ends ends = Ends.of(bed);
        ends.server.send(CREDIT, CREDIT, GOODBYE);
        assertThat(ends.client.skipTo(CloseChannel.class)).isEqualTo(GOODBYE);
        ends.server.close();
        assertThatThrownBy(() -> ends.client.skipTo(CloseChannel.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected CloseChannel, but ◀── the end");
    }

    @Test
    void skipsToTheEnd() {
        Ends ends = Ends.of(bed);
        ends.server.send(CREDIT, GOODBYE);
        ends.server.close();
        ends.client.skipToClosed();
    }

    @Test
    void complainsWithTheConversation() {
        Ends ends = Ends.of(bed);
        ends.client.send(setup());
        ends.server.expect(SetupConnection.class);
        ends.server.send(CREDIT);
        assertThatThrownBy(() -> ends.client.expect(SetupConnectionSuccess.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected SetupConnectionSuccess, but ◀── " + CREDIT)
                .message()
                .containsSubsequence("client of 127.0.0.1", "──▶ SetupConnection[", "◀── SubmitSharesSuccess[");
        ends.server.send(GOODBYE);
        assertThatThrownBy(ends.client::expectClosed)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected the end, but ◀── CloseChannel");
    }

    @Test
    void noticesWhatWasNotExpected() {
        Ends ends = Ends.of(bed);
        ends.client.nothingElse();
        ends.server.send(CREDIT);
        ends.server.send(GOODBYE);
        ends.client.expect(SubmitSharesSuccess.class);
        bed.await(() -> ends.client.toString().contains("CloseChannel"));
        assertThatThrownBy(ends.client::nothingElse)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected nothing else, but ◀── CloseChannel");
    }

    @Test
    void hearsNonsense() {
        Ends ends = Ends.of(bed);
        ends.server.send(new Frame(new FrameHeader(0, false, 1, 1), Bytes.ofHex("02"))); // a success cut short
        assertThatThrownBy(() -> ends.client.expect(SetupConnectionSuccess.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected SetupConnectionSuccess, but ◀── nonsense: ");
        ends.server.sendBytes((byte) 1, (byte) 2);
        bed.await(() -> ends.client.received().size() == 9);
        assertThat(ends.client.received()).isEqualTo(Bytes.ofHex("000001010000" + "02" + "0102"));
    }

    @Test
    void complainsOfAHandshakeThatFails() {
        ScriptedServer server = ScriptedPeer.listen(bed, AUTHORITY.server());
        Endpoint other =
                new Endpoint("127.0.0.1", server.port(), TestAuthority.fresh().client());
        assertThatThrownBy(() -> ScriptedPeer.dial(bed, other))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected a handshake, but ◀── nonsense: ");
    }

    @Test
    void readsNothingWhileItStalls() {
        Ends ends = Ends.of(bed);
        ends.client.send(GOODBYE);
        ends.server.expect(CloseChannel.class);
        ends.server.stall();
        ends.server.send(CREDIT); // after the stall, on its lane
        ends.client.expect(SubmitSharesSuccess.class);
        ends.client.send(CREDIT);
        ends.server.nothingElse();
        ends.server.resume();
        ends.server.expect(SubmitSharesSuccess.class);
        ends.server.cut();
        ends.client.expectClosed();
    }

    @Test
    void noticesThatNobodyListensAnyMore() {
        ScriptedServer server = ScriptedPeer.listen(bed, PLAIN);
        server.close();
        assertThatThrownBy(() -> ScriptedPeer.dial(bed, server.endpoint())).hasRootCauseInstanceOf(IOException.class);
    }

    static SetupConnection setup() {
        Str0255 none = Str0255.of("");
        return new SetupConnection(Subprotocol.MINING.code(), 2, 2, 0, Str0255.of("x"), 1, none, none, none, none);
    }

    /// Two scripted peers that talk to each other.
    record Ends(ScriptedPeer client, ScriptedPeer server) {
        static Ends of(TestBed bed) {
            ScriptedServer server = ScriptedPeer.listen(bed, PLAIN);
            ScriptedPeer client = ScriptedPeer.dial(bed, server.endpoint());
            return new Ends(client, server.accept());
        }
    }

    /// A server as applications have it.
    private static final class Recording implements ConnectionHandler {
        final List<Object> events = new CopyOnWriteArrayList<>();

        Endpoint listen(TestBed bed, TestAuthority authority) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            SetupPolicy policy = new SetupPolicy(Map.of(Subprotocol.MINING, 0L), Map.of());
            Acceptor acceptor = bed.await(Acceptor.listen(
                    bed.network(), address, authority.server(), ConnectionLimits.defaults(), policy, _ -> this));
            return new Endpoint("127.0.0.1", acceptor.localAddress().getPort(), authority.client());
        }

        @Override
        public void onOpen(Connection connection) {}

        @Override
        public void onMessage(Sv2Message message) {
            events.add(message);
        }

        @Override
        public void onClosed(CloseReason reason) {
            events.add(reason);
        }
    }
}
