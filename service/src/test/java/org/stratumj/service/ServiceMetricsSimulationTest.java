package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Goal: what happens to a service arrives at its metrics, each thing once and with its time. Method: virtual time,
/// so that durations are known.
class ServiceMetricsSimulationTest {
    private static final Duration STEP = Duration.ofMillis(300);

    private final SimNetwork network = new SimNetwork(7);
    private final Authority authority = Authority.fresh();
    private final RecordingMetrics poolMetrics = new RecordingMetrics();
    private final RecordingMetrics minerMetrics = new RecordingMetrics();
    private final RecordingClient miner = new RecordingClient();
    private final RecordingServer pool = new RecordingServer();
    private Sv2ServerService server;
    private Sv2ClientService client;

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void countsMessagesByTypeAndTheSameBytesAtBothEnds() throws Exception {
        pool.answer = (peer, message) -> Effect.reply(credit(1));
        miner.onUp = Effect.reply(List.of(share(1), share(2), share(3)));
        start(authority.server());
        assertThat(poolMetrics.received).isEqualTo(Map.of("SetupConnection", 1, "SubmitSharesStandard", 3));
        assertThat(poolMetrics.sent).isEqualTo(Map.of("SetupConnection.Success", 1, "SubmitShares.Success", 3));
        assertThat(minerMetrics.received).isEqualTo(poolMetrics.sent);
        assertThat(minerMetrics.sent).isEqualTo(poolMetrics.received);
        assertThat(poolMetrics.bytesIn).isEqualTo(minerMetrics.bytesOut).isPositive();
        assertThat(minerMetrics.bytesIn).isEqualTo(poolMetrics.bytesOut).isPositive();
    }

    @Test
    void countsWhatHasNoName() throws Exception {
        start(authority.server());
        assertThat(minerMetrics.received).doesNotContainKey("unknown");
        pool.context.forEach(
                RecordingServer.RecordingPeer.class,
                peer -> Effect.send(
                        EncodedFrame.forwarding(new UnknownMessage(0x4567, true, 0x10, Bytes.of(new byte[4])), 1)));
        network.run();
        assertThat(minerMetrics.received).containsEntry("unknown", 1);
    }

    @Test
    void tellsHowConnectionsEnd() throws Exception {
        start(authority.server());
        assertThat(poolMetrics.outcomes).isEqualTo(Map.of("connected MINING", 1));
        miner.upstreams.getFirst().close(new CloseReason.Local("enough"));
        network.runUntil(() -> minerMetrics.outcomes.containsKey("down MINING local"));
        network.runUntil(() -> poolMetrics.outcomes.containsKey("closed MINING remote"));
        assertThat(minerMetrics.outcomes).containsEntry("closed MINING local", 1);
        network.runUntil(() -> poolMetrics.outcomes.get("connected MINING") == 2);
        server.shutdown(Duration.ZERO);
        network.runUntil(() -> poolMetrics.outcomes.containsKey("closed MINING local"));
    }

    @Test
    void tellsWhoIsRefused() throws Exception {
        pool.supportedFlags = 0;
        miner.requestedFlags = 1;
        startServices(authority.server());
        network.runUntil(() -> minerMetrics.outcomes.containsKey("down MINING setup-refused"));
        assertThat(poolMetrics.outcomes)
                .containsEntry("refused setup-refused", 1)
                .doesNotContainKey("connected MINING");
    }

    @Test
    void measuresHandshakeAndSetupOnce() throws Exception {
        start(authority.server());
        assertThat(poolMetrics.took(Latency.HANDSHAKE)).hasSize(1);
        assertThat(poolMetrics.took(Latency.SETUP)).hasSize(1);
        assertThat(minerMetrics.took(Latency.HANDSHAKE)).hasSize(1);
    }

    @Test
    void measuresNoHandshakeWhereThereIsNone() throws Exception {
        start(new ServerSecurity.Plain());
        assertThat(poolMetrics.took(Latency.HANDSHAKE)).isEmpty();
        assertThat(poolMetrics.took(Latency.SETUP)).hasSize(1);
    }

    @Test
    void measuresTurnsAndCountsSlowOnes() throws Exception {
        pool.answer = (peer, message) -> {
            network.spend(STEP);
            return Effect.none();
        };
        miner.onUp = Effect.reply(share(1));
        start(authority.server());
        assertThat(poolMetrics.took(Latency.TURN)).hasSize(2).contains(STEP.toNanos());
        assertThat(poolMetrics.outcomes).containsEntry("slow", 1);
    }

    @Test
    void measuresFromRecordToDurable() throws Exception {
        CompletableFuture<Void> written = new CompletableFuture<>();
        pool.answer = (peer, message) -> Effect.persist(any -> written, 1L, Effect.reply(credit(1)));
        miner.onUp = Effect.reply(share(1));
        start(authority.server());
        assertThat(poolMetrics.took(Latency.PERSIST)).isEmpty();
        network.advance(STEP);
        written.complete(null);
        network.run();
        assertThat(poolMetrics.took(Latency.PERSIST)).containsExactly(STEP.toNanos());
    }

    @Test
    void measuresRequestsThatAreAnswered() throws Exception {
        pool.answer = (peer, message) -> {
            network.spend(STEP);
            OpenMiningChannelError refusal = new OpenMiningChannelError(5, Str0255.of("no"));
            return Effect.<MiningToClient>reply(refusal);
        };
        start(authority.server());
        var open = new OpenStandardMiningChannel(5, Str0255.of("u"), 1f, U256.ZERO);
        var answer = miner.upstreams.getFirst().request(open, MiningToClient.class, Duration.ofSeconds(10));
        network.runUntil(() -> answer.toCompletableFuture().isDone());
        assertThat(minerMetrics.took(Latency.REQUEST))
                .singleElement()
                .satisfies(nanos -> assertThat(nanos).isGreaterThanOrEqualTo(STEP.toNanos()));
    }

    @Test
    void measuresNewsUntilTheLastPeerHadThem() throws Exception {
        start(authority.server());
        pool.context.announce(RecordingServer.RecordingPeer.class, peer -> {
            network.spend(STEP);
            return Effect.none();
        });
        pool.context.announce(RecordingServer.RecordingPeer.class, peer -> {
            network.spend(STEP);
            return Effect.none();
        });
        network.run();
        assertThat(poolMetrics.took(Latency.NEWS)).as("the first was overtaken").containsExactly(STEP.toNanos());
    }

    @Test
    void gaugesFollowWhatIsOpen() throws Exception {
        start(authority.server());
        ServiceGauges gauges = poolMetrics.gauges;
        assertThat(gauges.connections()).isEqualTo(1);
        assertThat(gauges.halfOpen()).isZero();
        assertThat(gauges.subprotocols()).containsExactly(Subprotocol.MINING);
        assertThat(gauges.peers(Subprotocol.MINING)).isEqualTo(1);
        assertThat(gauges.queuedBytes()).isZero();
        assertThat(minerMetrics.gauges.peers(Subprotocol.MINING)).isEqualTo(1);
        network.cut();
        network.run();
        assertThat(gauges.connections()).isZero();
        assertThat(minerMetrics.gauges.peers(Subprotocol.MINING)).isZero();
    }

    @Test
    void gaugesShowLinksAndMailboxes() throws Exception {
        Link<Integer> link = new Link<>("news", 4);
        link.offer(1);
        link.offer(2);
        link.offerUrgent(3);
        assertThat(link.depth()).isEqualTo(2);
        assertThat(link.urgentDepth()).isEqualTo(1);
        Sv2ServerService with =
                builder(authority.server()).link(link, event -> {}).build();
        with.start();
        assertThat(poolMetrics.gauges.links()).singleElement().isSameAs(link);
        network.run();
        assertThat(link.depth() + link.urgentDepth()).isZero();
    }

    @Test
    void metricsThatThrowHarmNobody() throws Exception {
        ServiceMetrics broken = new ServiceMetrics() {
            @Override
            public void received(int extensionType, int messageType) {
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public void took(Latency what, long nanos) {
                throw new IllegalStateException("broken on purpose");
            }
        };
        pool.answer = (peer, message) -> Effect.reply(credit(1));
        miner.onUp = Effect.reply(share(1));
        server = builder(authority.server()).metrics(broken).build();
        server.start();
        dial(authority.server());
        network.runUntil(() -> miner.received.equals(List.of(credit(1))));
        assertThat(pool.peers.getFirst().closed).isNull();
    }

    private void start(ServerSecurity security) throws Sv2ServiceException {
        startServices(security);
        network.runUntil(() -> client.isUp(Subprotocol.MINING));
        network.run();
    }

    private void startServices(ServerSecurity security) throws Sv2ServiceException {
        server = builder(security).build();
        server.start();
        dial(security);
    }

    private void dial(ServerSecurity security) throws Sv2ServiceException {
        var trust = security instanceof ServerSecurity.Plain ? new ClientSecurity.Plain() : authority.clients();
        client = Sv2ClientService.builder(network)
                .mining(List.of(new Endpoint("127.0.0.1", server.localAddress().getPort(), trust)), miner)
                .metrics(minerMetrics)
                .build();
        client.start();
    }

    private Sv2ServerService.Builder builder(ServerSecurity security) {
        return Sv2ServerService.builder(network)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(security)
                .mining(pool)
                .metrics(poolMetrics);
    }
}
