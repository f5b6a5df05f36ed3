package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason.DeadlineMissed;
import org.stratumj.connection.CloseReason.Local;
import org.stratumj.connection.CloseReason.SetupRefused;
import org.stratumj.connection.CloseReason.SlowConsumer;
import org.stratumj.connection.CloseReason.Step;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionError;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.service.RecordingServer.RecordingPeer;

/// Goal: the nine worst things that an earlier service framework of this protocol did to its users do not happen here,
/// each by name. Method: virtual time, plain bytes where a peer misbehaves.
class WorstBehavioursSimulationTest {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final ConnectionLimits WITHOUT_CHANNELS =
            ConnectionLimits.defaults().with(change -> change.firstChannelDeadline(Duration.ZERO));
    private static final ReconnectPolicy SECOND = new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 0);

    private final Authority authority = Authority.fresh();
    private final RecordingServer pool = new RecordingServer();
    private final RecordingClient miner = new RecordingClient();

    @Test
    void lossOfTheUpstreamStopsNothing() throws Exception {
        SimNetwork network = new SimNetwork(1);
        Sv2ServerService upstream = started(server(network, pool));
        InetSocketAddress address = upstream.localAddress();
        Siblings siblings = new Siblings("proxy");
        Sv2ServerService server = started(server(network, new RecordingServer()).sibling(siblings));
        RecordingClient below = new RecordingClient();
        started(client(network, server, below));
        Sv2ClientService client = started(client(network, upstream, miner).sibling(siblings));
        network.run();
        upstream.shutdown(GRACE);
        network.advance(Duration.ofMinutes(50));
        assertThat(miner.downs).hasSize(1);
        assertThat(List.of(client.state(), server.state())).containsOnly(ServiceState.READY);
        assertThat(below.downs).isEmpty();

        started(server(network, pool).listen(address));
        network.advance(Duration.ofSeconds(1));
        assertThat(miner.events).containsExactly("up", "down", "up");
    }

    @Test
    void peerThatIsSilentInItsHandshakeHoldsUpNobody() throws Exception {
        SimNetwork network = new SimNetwork(2);
        RecordingListener listener = new RecordingListener();
        Sv2ServerService server =
                started(server(network, pool).security(authority.server()).listener(listener));
        for (int i = 0; i < 10; i++) {
            RawClient.dial(network, server);
        }
        started(Sv2ClientService.builder(network)
                .mining(
                        List.of(new Endpoint("127.0.0.1", server.localAddress().getPort(), authority.clients())),
                        miner));
        network.run();
        assertThat(miner.events).containsExactly("up");
        network.advance(ConnectionLimits.defaults().handshakeDeadline());
        assertThat(listener.refused)
                .hasSize(10)
                .containsOnly(new DeadlineMissed(
                        Step.HANDSHAKE, ConnectionLimits.defaults().handshakeDeadline()));
        assertThat(miner.downs).isEmpty();
    }

    @Test
    void whatAPeerDoesNotReadOrSendsTooFastIsBounded() throws Exception {
        SimNetwork network = new SimNetwork(3);
        pool.onOpen = Effect.reply(
                LongStream.range(0, 20_000).mapToObj(Messages::credit).toList());
        ConnectionLimits limits = ConnectionLimits.defaults()
                .with(change -> change.outboundBytesMax(100_000).outboundFramesMax(1_000_000));
        Sv2ServerService server = started(server(network, pool).limits(limits));
        RawClient deaf = RawClient.dial(network, server);
        deaf.pipe.lane().execute(() -> deaf.pipe.readable(false));
        deaf.send(setup(0));
        network.run();
        assertThat(pool.peers.getFirst().closed).isInstanceOf(SlowConsumer.class);

        Link<Integer> link = new Link<>("templates", 8);
        long taken = LongStream.range(0, 100).filter(i -> link.offer((int) i)).count();
        assertThat(taken).isEqualTo(8);
    }

    @Test
    void broadcastGoesOnPastDeadAndFailingClients() throws Exception {
        SimNetwork network = new SimNetwork(4);
        Sv2ServerService server = started(server(network, pool));
        List<RecordingClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RecordingClient client = new RecordingClient();
            started(client(network, server, client));
            clients.add(client);
        }
        network.run();
        RecordingPeer failing = pool.peers.get(10);
        RecordingPeer dead = pool.peers.get(20);
        pool.context.forEach(RecordingPeer.class, peer -> {
            if (peer == failing) {
                throw new IllegalStateException("no");
            }
            return peer == dead ? Effect.close(new Local("dead")) : Effect.none();
        });
        pool.context.forEach(RecordingPeer.class, peer -> Effect.reply(credit(1)));
        network.run();
        assertThat(clients)
                .filteredOn(client -> client.received.contains(credit(1)))
                .hasSize(98);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /// Channels open while jobs are announced from another lane, in every order that chance brings.
    @ParameterizedTest
    @MethodSource("seeds")
    void noJobBeforeTheSuccessOfItsChannel(long seed) throws Exception {
        SimNetwork network = new SimNetwork(seed);
        OpeningServer opening = new OpeningServer();
        Sv2ServerService server = started(Sv2ServerService.builder(network)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(new ServerSecurity.Plain())
                .mining(opening));
        miner.onUp = Effect.reply(LongStream.range(0, 5)
                .<MiningToServer>mapToObj(CompositionContract::open)
                .toList());
        started(client(network, server, miner));
        for (int i = 0; i < 40; i++) {
            long job = i;
            opening.context.lane().execute(() -> opening.context.announce(OpeningPeer.class, peer -> peer.job(job)));
        }
        network.run();
        List<MiningToClient> received = miner.received;
        assertThat(received)
                .filteredOn(OpenStandardMiningChannelSuccess.class::isInstance)
                .hasSize(5);
        int opened = 0;
        for (MiningToClient message : received) {
            if (message instanceof OpenStandardMiningChannelSuccess) {
                opened++;
            } else {
                assertThat(((SubmitSharesSuccess) message).channelId()).isLessThanOrEqualTo(opened);
            }
        }
    }

    @Test
    void silentClientIsRemovedOnce() throws Exception {
        SimNetwork network = new SimNetwork(5);
        Duration limit = Duration.ofMinutes(10);
        Sv2ServerService server = started(server(network, pool)
                .limits(WITHOUT_CHANNELS.with(change -> change.idleLimit(Subprotocol.MINING, limit))));
        RecordingListener listener = new RecordingListener();
        started(client(network, server, miner).listener(listener));
        network.run();
        network.advance(limit);
        RecordingPeer removed = pool.peers.getFirst();
        assertThat(removed.events).containsExactly("open", "close");
        assertThat(removed.closed).isEqualTo(new DeadlineMissed(Step.ACTIVITY, limit));
        network.advance(Duration.ofHours(1));
        assertThat(removed.events).containsExactly("open", "close");
        assertThat(pool.peers.size()).isEqualTo(miner.upstreams.size());
    }

    @Test
    void refusedClientIsNeverAddedAndItsErrorIsFlushedBeforeTheClose() throws Exception {
        SimNetwork network = new SimNetwork(6);
        pool.supportedFlags = 1;
        RecordingListener listener = new RecordingListener();
        Sv2ServerService server = started(server(network, pool).listener(listener));
        RawClient client = RawClient.dial(network, server);
        client.send(setup(0b110));
        network.run();
        assertThat(pool.peers).isEmpty();
        assertThat(server.peers()).isEmpty();
        assertThat(client.received())
                .isEqualTo(new SetupConnectionError(0b110, Str0255.of("unsupported-feature-flags")));
        assertThat(client.closed).isTrue();
        assertThat(listener.refused).containsExactly(new SetupRefused("unsupported-feature-flags", 0b110));
    }

    @Test
    void messageOfAnUnknownExtensionIsDroppedThoughItsTypeIsOneOfTheCore() throws Exception {
        SimNetwork network = new SimNetwork(7);
        pool.answer = ServiceFixture::creditEach;
        Sv2ServerService server = started(server(network, pool));
        RawClient client = RawClient.dial(network, server);
        client.send(setup(0));
        byte[] frame = MessageRegistry.core().encode(share(7)).bytes();
        frame[1] = (byte) (frame[1] | 0x40); // extension 0x4000, channel bit as it was
        client.send(frame);
        client.send(share(8));
        network.run();
        RecordingPeer peer = pool.peers.getFirst();
        assertThat(peer.received).containsExactly(share(8));
        assertThat(peer.unknown).hasSize(1);
        assertThat(peer.closed).isNull();
    }

    @Test
    void startReturnsWhenTheServiceIsReady() throws Exception {
        SimNetwork network = new SimNetwork(8);
        Sv2ServerService server = server(network, pool).build();
        server.start();
        assertThat(server.state()).isEqualTo(ServiceState.READY);
        assertThat(pool.events).containsExactly("start");
        assertThat(server.localAddress().getPort()).isPositive();
        started(client(network, server, miner));
        network.run();
        assertThat(miner.events).containsExactly("up");
        assertThat(server.whenTerminated().toCompletableFuture()).isNotDone();
    }

    // Fixtures.

    private static Sv2ServerService.Builder server(SimNetwork network, RecordingServer handler) {
        return Sv2ServerService.builder(network)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(new ServerSecurity.Plain())
                .limits(WITHOUT_CHANNELS)
                .mining(handler);
    }

    private static Sv2ClientService.Builder client(
            SimNetwork network, Sv2ServerService server, Sv2MiningClientHandler handler) {
        return Sv2ClientService.builder(network)
                .mining(
                        List.of(new Endpoint("127.0.0.1", server.localAddress().getPort(), new ClientSecurity.Plain())),
                        handler)
                .reconnect(SECOND);
    }

    private static Sv2ServerService started(Sv2ServerService.Builder builder) throws Sv2ServiceException {
        return ServiceFixture.started(builder);
    }

    private static Sv2ClientService started(Sv2ClientService.Builder builder) throws Sv2ServiceException {
        return ServiceFixture.started(builder);
    }

    private static SetupConnection setup(long flags) {
        Str0255 name = Str0255.of("raw");
        return new SetupConnection(0, 2, 2, flags, name, 1, name, name, Str0255.EMPTY, Str0255.EMPTY);
    }

    /// Opens what is asked for; each channel has its own id, counted up.
    private static final class OpeningServer implements Sv2MiningServerHandler {
        private ServerContext<MiningToClient> context;

        @Override
        public long supportedFlags() {
            return 0;
        }

        @Override
        public void onStart(ServerContext<MiningToClient> context) {
            this.context = context;
        }

        @Override
        public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
            return new OpeningPeer();
        }
    }

    private static final class OpeningPeer implements PeerHandler<MiningToServer, MiningToClient> {
        private long channels;

        @Override
        public Effect<MiningToClient> onMessage(MiningToServer message) {
            channels++;
            return Effect.reply(CompositionContract.opened(((OpenStandardMiningChannel) message).requestId()));
        }

        /// Stands for a job of each channel: what matters is the order.
        Effect<MiningToClient> job(long number) {
            return Effect.reply(LongStream.rangeClosed(1, channels)
                    .mapToObj(channel -> new SubmitSharesSuccess(channel, number, 1, 1))
                    .toList());
        }
    }

    /// Sends whatever bytes the test wants.
    private static final class RawClient implements PipeHandler {
        private final Pipe pipe;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        private RawClient(Pipe pipe) {
            this.pipe = pipe;
        }

        static RawClient dial(SimNetwork network, Sv2ServerService server) {
            RawClient[] made = new RawClient[1];
            var _ = network.connect(
                    "127.0.0.1", server.localAddress().getPort(), GRACE, pipe -> made[0] = new RawClient(pipe));
            network.run();
            return made[0];
        }

        void send(Sv2Message message) {
            send(MessageRegistry.core().encode(message).bytes());
        }

        void send(byte[] frame) {
            pipe.lane().execute(() -> {
                pipe.write(frame, 0, frame.length);
                pipe.flush();
            });
        }

        Sv2Message received() {
            var codec = FrameCodec.plain(FrameLimits.of(MessageRegistry.core()));
            codec.decoder().feed(bytes.toByteArray(), 0, bytes.size());
            return MessageRegistry.core().decode(codec.decoder().poll());
        }

        @Override
        public void onBytes(byte[] received, int offset, int length) {
            bytes.write(received, offset, length);
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            closed = true;
        }
    }
}
