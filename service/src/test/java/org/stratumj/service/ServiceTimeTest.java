package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.wire.Str0255;

/// Goal: what depends on time, to the millisecond, on virtual time.
class ServiceTimeTest {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final ConnectionLimits PATIENT = ConnectionLimits.defaults()
            .with(change -> change.firstChannelDeadline(Duration.ZERO)
                    .idleLimit(Subprotocol.MINING, Duration.ZERO)
                    .outboundFramesMax(100_000));

    private final SimNetwork network = new SimNetwork(9);
    private final SimBed bed = new SimBed(network);
    private final RecordingServer pool = new RecordingServer();
    private final RecordingClient miner = new RecordingClient();

    @Test
    void graceEndsWithPeersThatDoNotRead() throws Exception {
        pool.onOpen = Effect.reply(
                LongStream.range(0, 10_000).mapToObj(Messages::credit).toList());
        Sv2ServerService server = server();
        bed.await(network.connect("127.0.0.1", server.localAddress().getPort(), GRACE, Deaf::new));
        network.run();
        assertThat(server.peers()).hasSize(1);
        server.shutdown(GRACE);
        server.shutdown(Duration.ZERO); // comes too late to change anything
        network.advance(GRACE.minus(TICK));
        assertThat(server.state()).isEqualTo(ServiceState.DRAINING);
        network.advance(TICK);

        assertThat(server.state()).isEqualTo(ServiceState.STOPPED);
        ShutdownReport report = bed.await(server.whenTerminated());
        assertThat(report.connectionsClosed()).isEqualTo(1);
        assertThat(report.bytesDropped()).isPositive();
        assertThat(pool.peers.getFirst().events).containsExactly("open", "close");
        assertThat(pool.events).containsExactly("start", "stop");
    }

    @Test
    void clientPausesAsItsPolicySays() throws Exception {
        Sv2ServerService server = server();
        InetSocketAddress address = server.localAddress();
        Sv2ClientService client = new ClientBuilder(network, new FixedRandom(0.5))
                .mining(List.of(new Endpoint("127.0.0.1", address.getPort(), new ClientSecurity.Plain())), miner)
                .reconnect(new ReconnectPolicy(Duration.ofSeconds(4), Duration.ofSeconds(20), 0.5))
                .build();
        client.start();
        network.run();
        network.advance(Itinerary.HELD_MIN);
        server.shutdown(GRACE);
        network.run();
        assertThat(miner.events).containsExactly("up", "down");
        Sv2ServerService again = builder().listen(address).build();
        again.start();
        network.advance(Duration.ofSeconds(3).minus(TICK)); // 4 s, of which a quarter is left to chance
        assertThat(miner.events).hasSize(2);
        network.advance(TICK);
        assertThat(miner.events).containsExactly("up", "down", "up");
    }

    @Test
    void clientDialsAgainAfterAnAttemptThatThrew() throws Exception {
        Sv2ServerService server = server();
        miner.requestedFlags = -1; // no U32: the message cannot be made
        Sv2ClientService client = Sv2ClientService.builder(network)
                .mining(List.of(plain(server.localAddress())), miner)
                .reconnect(new ReconnectPolicy(GRACE, GRACE, 0))
                .build();
        client.start();
        network.run();
        miner.requestedFlags = 0;
        network.advance(GRACE);
        assertThat(miner.events).containsExactly("up");
        assertThat(network.laneFailures()).isZero();
    }

    @Test
    void closeRunsTheSimulationUntilTheServiceHasEnded() throws Exception {
        List<String> complaints = new CopyOnWriteArrayList<>();
        Handler recorder = recorder(complaints);
        Logger logger = Logger.getLogger("org.stratumj.service");
        logger.addHandler(recorder);
        try {
            Sv2ServerService server = server();
            Sv2ClientService client = Sv2ClientService.builder(network)
                    .mining(List.of(plain(server.localAddress())), miner)
                    .build();
            client.start();
            network.run();
            Duration before = Duration.ofNanos(network.newLane().nanoTime());
            Sv2App.of(client).close();
            server.close();
            assertThat(client.state()).isEqualTo(ServiceState.STOPPED);
            assertThat(server.state()).isEqualTo(ServiceState.STOPPED);
            assertThat(Duration.ofNanos(network.newLane().nanoTime()).minus(before))
                    .isLessThan(Duration.ofSeconds(6));
            assertThat(complaints).isEmpty();
        } finally {
            logger.removeHandler(recorder);
        }
    }

    @Test
    void clientReturnsToTheFirstOfItsListWhenThatTakesItAgain() throws Exception {
        Sv2ServerService first = server();
        InetSocketAddress address = first.localAddress();
        RecordingServer reservePool = new RecordingServer();
        Sv2ServerService reserve = builder().mining(reservePool).build();
        reserve.start();
        Sv2ClientService client = Sv2ClientService.builder(network)
                .mining(List.of(plain(address), plain(reserve.localAddress())), miner)
                .reconnect(new ReconnectPolicy(GRACE, GRACE, 0, Duration.ofMinutes(5)))
                .limits(PATIENT)
                .build();
        client.start();
        network.run();
        first.shutdown(GRACE);
        network.advance(GRACE.multipliedBy(2)); // lost at once, so on to the next
        assertThat(reserve.peers()).hasSize(1);
        network.advance(Duration.ofMinutes(5)); // looks in vain
        assertThat(reserve.peers()).hasSize(1);
        assertThat(miner.events).containsExactly("up", "down", "up");

        Sv2ServerService again = builder().listen(address).build();
        again.start();
        network.advance(Duration.ofMinutes(5).minus(GRACE).minus(TICK)); // dialled two seconds after it was lost
        assertThat(again.peers()).isEmpty();
        network.advance(GRACE);
        assertThat(again.peers()).hasSize(1);
        assertThat(reserve.peers()).isEmpty();
        assertThat(miner.events).containsExactly("up", "down", "up", "down", "up");
        assertThat(reservePool.peers).hasSize(1);
        network.advance(Duration.ofHours(1));
        assertThat(miner.events).hasSize(5);
    }

    @Test
    void clientStaysWhereItIsIfItsPolicySaysSo() throws Exception {
        Sv2ServerService reserve = server();
        Sv2ClientService client = Sv2ClientService.builder(network)
                .mining(
                        List.of(
                                new Endpoint("127.0.0.1", 1, new ClientSecurity.Plain()),
                                plain(reserve.localAddress())),
                        miner)
                .reconnect(new ReconnectPolicy(GRACE, GRACE, 0, Duration.ZERO))
                .limits(PATIENT)
                .build();
        client.start();
        network.advance(GRACE);
        Sv2ServerService first = builder()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                .build();
        first.start();
        network.advance(Duration.ofDays(1));
        assertThat(miner.events).containsExactly("up");
        assertThat(reserve.peers()).hasSize(1);
    }

    @Test
    void warnsOfHandlersThatHoldTheirLanesAgainAndAgain() throws Exception {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler recorder = recorder(warnings);
        Logger logger = Logger.getLogger("org.stratumj.service");
        logger.addHandler(recorder);
        try {
            pool.answer = (peer, message) -> {
                network.spend(Duration.ofMillis(message.equals(share(1)) ? 20 : 21));
                return Effect.reply(credit(1));
            };
            int slow = TurnWatch.SLOW_TO_WARN;
            miner.onUp = Effect.reply(
                    LongStream.rangeClosed(1, slow).mapToObj(Messages::share).toList());
            Sv2ServerService server = server();
            Sv2ClientService client = Sv2ClientService.builder(network)
                    .mining(
                            List.of(new Endpoint(
                                    "127.0.0.1", server.localAddress().getPort(), new ClientSecurity.Plain())),
                            miner)
                    .build();
            client.start();
            bed.await(() -> miner.received.size() == slow);
            assertThat(warnings).isEmpty(); // the first took exactly what a turn may take
            ServiceFixture.send(miner, share(2));
            bed.await(() -> miner.received.size() == slow + 1);
        } finally {
            logger.removeHandler(recorder);
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(": the handler held its lane for 21 ms, one of 10 slow turns ");
    }

    private static Endpoint plain(InetSocketAddress address) {
        return new Endpoint("127.0.0.1", address.getPort(), new ClientSecurity.Plain());
    }

    private Sv2ServerService server() throws Sv2ServiceException {
        Sv2ServerService server = builder().build();
        server.start();
        return server;
    }

    private Sv2ServerService.Builder builder() {
        return Sv2ServerService.builder(network)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(new ServerSecurity.Plain())
                .limits(PATIENT)
                .mining(pool);
    }

    private static Handler recorder(List<String> warnings) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                    warnings.add(record.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    /// Sets up, and never reads.
    private static final class Deaf implements PipeHandler {
        Deaf(Pipe pipe) {
            Str0255 vendor = Str0255.of("deaf");
            byte[] setup = MessageRegistry.core()
                    .encode(new SetupConnection(
                            0, 2, 2, 0, vendor, 1, vendor, Str0255.EMPTY, Str0255.EMPTY, Str0255.EMPTY))
                    .bytes();
            pipe.write(setup, 0, setup.length);
            pipe.flush();
            pipe.readable(false);
        }

        @Override
        public void onBytes(byte[] bytes, int offset, int length) {}

        @Override
        public void onClosed(@Nullable Throwable failure) {}
    }

    private record FixedRandom(double value) implements RandomGenerator {
        @Override
        public double nextDouble() {
            return value;
        }

        @Override
        public long nextLong() {
            throw new AssertionError("not used");
        }
    }
}
