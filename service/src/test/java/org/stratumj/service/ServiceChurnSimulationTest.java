package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;

/// Goal: whatever happens to the network and to handlers, ends are paired, each peer's messages stay in order,
/// and after some quiet everybody is back. Method: many miners, one pool, random disturbances, virtual time;
/// the seed is the test's argument.
class ServiceChurnSimulationTest {
    private static final int MINERS = 12;
    private static final int STEPS = 150;

    private final Authority authority = Authority.fresh();
    private final RecordingServer pool = new RecordingServer();
    private final List<RecordingClient> miners = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everybodyIsBackAfterTheStorm(long seed) throws Exception {
        SimNetwork network = new SimNetwork(seed);
        SimBed bed = new SimBed(network);
        Random random = new Random(seed);
        pool.answer = ServiceFixture::creditEach;
        Sv2ServerService server = Sv2ServerService.builder(network)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(authority.server())
                .limits(ConnectionLimits.defaults()
                        .with(change -> change.connectionsMax(MINERS)
                                .perSourceMax(MINERS)
                                .halfOpenMax(4)
                                .firstChannelDeadline(Duration.ZERO)))
                .mining(pool)
                .build();
        server.start();
        List<Sv2ClientService> clients = new ArrayList<>();
        for (int i = 0; i < MINERS; i++) {
            clients.add(startedMiner(network, server, new Random(seed * 100 + i)));
        }
        for (int step = 0; step < STEPS; step++) {
            disturb(network, random, step);
            network.advance(Duration.ofMillis(random.nextInt(400)));
            miners.forEach(ServiceChurnSimulationTest::assertPaired);
        }
        network.advance(Duration.ofMinutes(2));

        assertThat(server.peers()).as("seed %d", seed).hasSize(MINERS);
        assertThat(pool.context.peers()).isEqualTo(MINERS);
        pool.context.forEach(RecordingServer.RecordingPeer.class, peer -> Effect.reply(credit(4711)));
        network.run();
        assertThat(miners).allSatisfy(miner -> assertThat(miner.received).last().isEqualTo(credit(4711)));
        clients.forEach(client -> client.shutdown(Duration.ofSeconds(1)));
        server.shutdown(Duration.ofSeconds(1));
        bed.await(server.whenTerminated());
        clients.forEach(client -> bed.await(client.whenTerminated()));
        miners.forEach(miner -> assertThat(miner.events).endsWith("down"));
        assertThat(pool.peers).as("the storm was one").hasSizeGreaterThan(10 * MINERS);
        assertThat(pool.peers).allSatisfy(peer -> assertThat(peer.events).containsExactly("open", "close"));
        assertThat(pool.events).containsExactly("start", "stop");
        Set<Long> ids = new HashSet<>();
        pool.peers.forEach(
                peer -> assertThat(ids.add(peer.downstream.info().id().value())).isTrue());
    }

    /// Eight, or as many as the property `stratumj.seeds` says, from 1 on.
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("stratumj.seeds", 8));
    }

    private Sv2ClientService startedMiner(SimNetwork network, Sv2ServerService server, Random random)
            throws Sv2ServiceException {
        RecordingClient miner = new RecordingClient();
        miner.onUp = Effect.reply(List.of(share(1), share(2), share(3)));
        miners.add(miner);
        Endpoint endpoint = new Endpoint("127.0.0.1", server.localAddress().getPort(), authority.clients());
        Sv2ClientService client = new ClientBuilder(network, random)
                .mining(List.of(endpoint), miner)
                .reconnect(new ReconnectPolicy(Duration.ofMillis(100), Duration.ofSeconds(5), 0.5))
                .build();
        client.start();
        return client;
    }

    private void disturb(SimNetwork network, Random random, int step) {
        RecordingClient miner = miners.get(random.nextInt(MINERS));
        switch (random.nextInt(6)) {
            case 0 -> network.cut();
            case 1 ->
                pool.context.forEach(RecordingServer.RecordingPeer.class, peer -> {
                    if (random.nextInt(4) == 0) {
                        throw new IllegalStateException("a fault of step " + step);
                    }
                    return Effect.reply(credit(step));
                });
            case 2 ->
                pool.context.forEach(
                        RecordingServer.RecordingPeer.class, peer -> Effect.close(new CloseReason.Local("restart")));
            case 3 -> {
                if (!miner.upstreams.isEmpty()) {
                    miner.upstreams.getLast().close(new CloseReason.Local("the miner restarts"));
                }
            }
            default -> pool.context.forEach(RecordingServer.RecordingPeer.class, peer -> Effect.reply(credit(step)));
        }
    }

    private static void assertPaired(RecordingClient miner) {
        List<String> events = miner.events;
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i)).isEqualTo(i % 2 == 0 ? "up" : "down");
        }
    }
}
