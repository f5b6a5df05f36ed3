package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.ExtensionsRefused;
import org.stratumj.connection.CloseReason.HandlerFailed;
import org.stratumj.connection.CloseReason.Local;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ExtensionPolicy;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.ChannelEndpointChanged;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Tlvs;

/// How services agree on extensions, and how a proxy forwards what it does not know, on any network.
abstract class ExtensionsContract {
    private static final ReconnectPolicy QUICK = new ReconnectPolicy(Duration.ofMillis(20), Duration.ofMillis(50), 0.5);
    private static final ExtensionPolicy SUPPORTS_2 = ExtensionPolicy.supporting(2);
    private static final ExtensionPolicy REQUIRES_2 = new ExtensionPolicy(Set.of(2), Set.of(2));

    private final Authority authority = Authority.fresh();
    private final RecordingServer pool = new RecordingServer();
    private final RecordingClient miner = new RecordingClient();
    private final RecordingListener minerListener = new RecordingListener();
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
    @Tag("NEG-001")
    @Tag("NEG-009")
    void clientIsUpOnceExtensionsAreAgreedOn() throws Exception {
        SubmitSharesExtended share = shareOf("bob");
        pool.extensions = SUPPORTS_2;
        miner.extensions = ExtensionPolicy.supporting(2, 7);
        miner.onUp = Effect.reply(share);
        started(client(started(server(pool)), miner));
        bed.await(() -> pool.peers.size() == 1 && pool.peers.getFirst().received.size() == 1);

        assertThat(pool.peers.getFirst().received).containsExactly(share);
        assertThat(pool.peers.getFirst().downstream.extensions()).containsExactly(2);
        assertThat(miner.upstreams.getFirst().extensions()).containsExactly(2);
    }

    @Test
    void clientGoesOnToTheNextServerIfOneLacksWhatItRequires() throws Exception {
        RecordingServer second = new RecordingServer();
        second.extensions = SUPPORTS_2;
        miner.extensions = REQUIRES_2;
        Endpoint first = endpoint(started(server(pool)));
        started(Sv2ClientService.builder(bed.network())
                .mining(List.of(first, endpoint(started(server(second)))), miner)
                .listener(minerListener)
                .reconnect(QUICK));
        bed.await(() -> miner.upstreams.size() == 1);

        assertThat(second.peers).hasSize(1);
        assertThat(minerListener.downEndpoints).containsExactly(first);
        assertThat(minerListener.downs)
                .containsExactly(
                        new ExtensionsRefused("the server does not support extensions that are required here: 0x0002"));
        assertThat(miner.events).containsExactly("up");
    }

    @Test
    @Tag("NEG-002")
    @Tag("EXT-013")
    void handlerThatUsesWhatWasNotAgreedOnLosesItsConnection() throws Exception {
        miner.extensions = SUPPORTS_2;
        miner.onUp = Effect.reply(shareOf("bob"));
        started(client(started(server(pool)), miner));
        bed.await(() -> !miner.downs.isEmpty());

        assertThat(miner.downs.getFirst()).isInstanceOf(HandlerFailed.class);
        assertThat(miner.downs.getFirst().text()).endsWith("extension 0x0002 was not agreed on with the peer");
        assertThat(pool.peers.getFirst().received).isEmpty();
    }

    @Test
    @Tag("CON-016")
    void handlerLearnsThatAnEndpointChangedAndExtensionsAreAskedForAgain() throws Exception {
        pool.extensions = SUPPORTS_2;
        miner.extensions = SUPPORTS_2;
        started(client(started(server(pool)), miner));
        bed.await(() -> miner.upstreams.size() == 1);
        Upstream<MiningToServer> upstream = miner.upstreams.getFirst();
        pool.context.forEach(
                RecordingServer.RecordingPeer.class,
                peer -> Effect.send(EncodedFrame.of(new ChannelEndpointChanged(7))));
        bed.await(() -> miner.changedEndpoints.size() == 1
                && !upstream.extensions().isEmpty()
                && !pool.peers.getFirst().downstream.extensions().isEmpty());

        assertThat(miner.changedEndpoints).containsExactly(7L);
        assertThat(upstream.extensions()).containsExactly(2);
        assertThat(miner.events).containsExactly("up");
        upstream.lane().execute(() -> upstream.send(shareOf("bob")));
        bed.await(() -> pool.peers.getFirst().received.size() == 1);
    }

    // A proxy that is not the endpoint of its miners' channels.

    @Test
    @Tag("EXT-005")
    @Tag("EXT-007")
    @Tag("EXT-008")
    @Tag("EXT-009")
    void proxyForwardsChannelMessagesOfUnknownExtensionsBothWays() throws Exception {
        ForwardingProxy proxy = new ForwardingProxy();
        RecordingClient other = new RecordingClient();
        behind(proxy, other);

        UnknownMessage fromMiner = new UnknownMessage(0x4001, true, 0xfe, Bytes.ofHex("01000000" + "c0ffee"));
        send(miner, fromMiner);
        bed.await(() -> pool.peers.getFirst().unknown.size() == 1);
        assertThat(pool.peers.getFirst().unknown)
                .containsExactly(new UnknownMessage(0x4001, true, 0xfe, Bytes.ofHex("00010000" + "c0ffee")));

        UnknownMessage toOther = new UnknownMessage(0x4001, true, 0x01, Bytes.ofHex("01010000"));
        sendFromPool(toOther);
        bed.await(() -> other.unknown.size() == 1);
        assertThat(other.unknown).containsExactly(new UnknownMessage(0x4001, true, 0x01, Bytes.ofHex("01000000")));
        assertThat(miner.unknown).isEmpty();
    }

    @Test
    @Tag("EXT-005")
    @Tag("EXT-007")
    void proxyForwardsNothingThatIsForItself() throws Exception {
        ForwardingProxy proxy = new ForwardingProxy();
        RecordingClient other = new RecordingClient();
        behind(proxy, other);
        send(miner, new UnknownMessage(0x4001, true, 1, Bytes.ofHex("01000000")));
        sendFromPool(new UnknownMessage(0x4001, true, 2, Bytes.ofHex("ff000000"))); // nobody's channel
        sendFromPool(new UnknownMessage(0x4001, true, 3, Bytes.ofHex("00010000")));
        bed.await(() -> !pool.peers.getFirst().unknown.isEmpty() && !miner.unknown.isEmpty());

        assertThat(miner.unknown).containsExactly(new UnknownMessage(0x4001, true, 3, Bytes.ofHex("01000000")));
        assertThat(pool.peers.getFirst().unknown).hasSize(1);
        assertThat(other.unknown).isEmpty();
    }

    @Test
    @Tag("CON-015")
    @Tag("CON-016")
    void proxyTellsOfAnotherEndpointWhereExtensionMessagesWent() throws Exception {
        ForwardingProxy proxy = new ForwardingProxy();
        RecordingClient other = new RecordingClient();
        behind(proxy, other);
        send(miner, new UnknownMessage(0x4001, true, 1, Bytes.ofHex("01000000")));
        bed.await(() -> pool.peers.getFirst().unknown.size() == 1);
        pool.peers.getFirst().downstream.close(new Local("another pool takes over"));
        bed.await(() -> pool.peers.size() == 2 && miner.changedEndpoints.size() == 1);
        send(other, new UnknownMessage(0x4001, true, 2, Bytes.ofHex("01000000")));
        bed.await(() -> pool.peers.getLast().unknown.size() == 1);

        assertThat(miner.changedEndpoints).containsExactly(ForwardingProxy.DOWN);
        assertThat(other.changedEndpoints).isEmpty(); // its channel had carried nothing by then
        assertThat(miner.downs).isEmpty();
    }

    /// The miner, then `other`, behind a proxy that is connected to the pool.
    private void behind(ForwardingProxy proxy, RecordingClient other) throws Exception {
        Sv2ServerService upstream = started(server(pool));
        Sv2ServerService front = started(server(proxy.server));
        started(Sv2ClientService.builder(bed.network())
                .name("proxy")
                .mining(List.of(endpoint(upstream)), proxy.client)
                .reconnect(QUICK));
        bed.await(() -> pool.peers.size() == 1 && proxy.isUp());
        started(client(front, miner));
        bed.await(() -> miner.upstreams.size() == 1);
        started(client(front, other));
        bed.await(() -> other.upstreams.size() == 1);
        assertThat(List.of(proxy.channelOf(0), proxy.channelOf(1))).containsExactly(0x100L, 0x101L);
    }

    private static void send(RecordingClient from, UnknownMessage message) {
        Upstream<MiningToServer> upstream = from.upstreams.getLast();
        EncodedFrame frame =
                EncodedFrame.forwarding(message, message.channelId().orElseThrow());
        upstream.lane().execute(() -> upstream.send(frame));
    }

    private void sendFromPool(UnknownMessage message) {
        EncodedFrame frame =
                EncodedFrame.forwarding(message, message.channelId().orElseThrow());
        pool.context.forEach(RecordingServer.RecordingPeer.class, peer -> Effect.send(frame));
    }

    private Sv2ServerService.Builder server(Sv2MiningServerHandler handler) {
        return Sv2ServerService.builder(bed.network())
                .name("server")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(authority.server())
                .mining(handler);
    }

    private Sv2ClientService.Builder client(Sv2ServerService server, RecordingClient handler) {
        return Sv2ClientService.builder(bed.network())
                .name("miner")
                .mining(List.of(endpoint(server)), handler)
                .reconnect(QUICK);
    }

    private Endpoint endpoint(Sv2ServerService server) {
        return new Endpoint("127.0.0.1", server.localAddress().getPort(), authority.clients());
    }

    private static SubmitSharesExtended shareOf(String worker) {
        return new SubmitSharesExtended(
                1,
                1,
                1,
                2,
                3,
                4,
                Bytes.ofHex("0011"),
                Tlvs.of(WorkerIdentity.of(worker).tlv()));
    }

    private static Sv2ServerService started(Sv2ServerService.Builder builder) throws Sv2ServiceException {
        return ServiceContract.started(builder);
    }

    private static Sv2ClientService started(Sv2ClientService.Builder builder) throws Sv2ServiceException {
        return ServiceContract.started(builder);
    }
}
