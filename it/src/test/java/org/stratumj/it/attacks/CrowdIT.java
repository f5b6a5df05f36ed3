package org.stratumj.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionHandler;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Dialer;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.SetupOffer;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Str0255;

/// Goal: among five thousand encrypted connections, of which a third misbehave, the others see no error, two hundred of
/// them get each share acknowledged, and when all have left the server holds what it held before. Method: real sockets
/// from this process to a server in another, which says what it holds. With fewer file descriptors there are fewer.
class CrowdIT {
    private static final int CONNECTIONS_WANTED = 5_000;
    private static final int ACTIVE = 200;
    private static final int SHARES_EACH = 100;
    private static final int FRAME_DEADLINE_MILLIS = 4_000;
    private static final long SEED = 20261125;

    /// Connections on their way at a time, below what the system queues for a listener.
    private static final int BATCH = 200;

    /// What a heap of that size moves by from one look to the next, and a chunk of direct memory that stays.
    private static final long HEAP_SLACK_BYTES = 4 << 20;

    /// How often to look, each time after a collection in the server, whether it is down to that.
    private static final int LOOKS_MAX = 600;

    private static final long DIRECT_SLACK_BYTES = 8 << 20;

    private static final SetupOffer OFFER = new SetupOffer(
            new SetupConnection(
                    Subprotocol.MINING.code(),
                    2,
                    2,
                    0,
                    Str0255.of("127.0.0.1"),
                    1,
                    Str0255.of("crowd"),
                    Str0255.of("crowd"),
                    Str0255.EMPTY,
                    Str0255.EMPTY),
            0);

    private final Random random = new Random(SEED);

    @Test
    void whoBehavesSeesNoErrorAndNothingIsLeftBehind() throws Exception {
        System.out.println("seed " + SEED);
        int connections = BesiegedProcess.peers(CONNECTIONS_WANTED);
        int bad = connections / 3;
        try (BesiegedProcess server = BesiegedProcess.start("noise", connections + 1_000, FRAME_DEADLINE_MILLIS);
                NettyNetwork network = NettyNetwork.open()) {
            Dialer dialer = new Dialer(network, ConnectionLimits.defaults());
            Endpoint endpoint =
                    new Endpoint("127.0.0.1", server.address().getPort(), new ClientSecurity.NoiseAnyAuthority());
            warmUp(server, dialer, endpoint);
            Holdings before = Holdings.of(server);

            List<Miner> idle = connect(dialer, endpoint, connections - bad - ACTIVE);
            server.awaitPeers(idle.size());
            Holdings crowded = Holdings.of(server);
            crowded.print(idle.size(), before);
            List<Miner> active = connect(dialer, endpoint, ACTIVE);
            server.awaitPeers(idle.size() + ACTIVE);
            active.forEach(Miner::mine);
            long missedBefore = server.ask("half-frames");
            int slow = misbehave(dialer, endpoint, server.address(), bad);
            await(() -> active.stream().allMatch(Miner::isDone));

            for (Miner miner : idle) {
                assertThat(miner.closed).isNull();
            }
            for (Miner miner : active) {
                assertThat(miner.closed).isNull();
                assertThat(miner.credited).isEqualTo(SHARES_EACH);
            }
            server.awaitPeers(idle.size() + ACTIVE); // the others are gone, by their own doing or the deadline's
            assertThat(server.ask("half-frames") - missedBefore).isEqualTo(slow);
            leave(idle);
            leave(active);
            server.awaitPeers(0);
            awaitBaseline(server, before);
        }
    }

    /// Loads what connections of each kind need.
    private void warmUp(BesiegedProcess server, Dialer dialer, Endpoint endpoint) throws Exception {
        List<Miner> few = connect(dialer, endpoint, 50);
        few.forEach(Miner::mine);
        await(() -> few.stream().allMatch(Miner::isDone));
        misbehave(dialer, endpoint, server.address(), 30);
        leave(few);
        server.awaitPeers(0);
    }

    private List<Miner> connect(Dialer dialer, Endpoint endpoint, int number) {
        List<Miner> miners = new ArrayList<>();
        while (miners.size() < number) {
            for (int i = Math.min(BATCH, number - miners.size()); i > 0; i--) {
                Miner miner = new Miner();
                var _ = dialer.dial(endpoint, OFFER, miner);
                miners.add(miner);
            }
            await(() -> miners.stream().allMatch(Miner::isSetUp));
        }
        return miners;
    }

    /// A third each: stops inside a frame, is cut off in the middle of what it says, and talks nonsense.
    ///
    /// @return how many stopped inside a frame, and stay until the server has enough of them
    private int misbehave(Dialer dialer, Endpoint endpoint, InetSocketAddress address, int number) throws IOException {
        int slow = 0;
        for (int made = 0; made < number; made += BATCH) {
            int third = Math.min(BATCH, number - made) / 3;
            for (Besieger besieger : Besieger.connect(address, "noise", third)) {
                besieger.sendHalfAFrame();
            }
            for (int i = 0; i < third; i++) {
                cut(dialer, endpoint);
                talkNonsense(address);
            }
            slow += third;
        }
        return slow;
    }

    /// An act that is none, and more.
    private void talkNonsense(InetSocketAddress address) throws IOException {
        try (SocketChannel socket = SocketChannel.open(address)) {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0); // ends in a reset
            socket.write(ByteBuffer.wrap(bytes(64 + random.nextInt(1_000))));
        }
    }

    /// Set up, shares under way, and gone.
    private static void cut(Dialer dialer, Endpoint endpoint) {
        Miner miner = new Miner() {
            @Override
            public void onOpen(Connection connection) {
                super.onOpen(connection);
                mine();
                connection.abort(new CloseReason.Local("cut"));
            }
        };
        var _ = dialer.dial(endpoint, OFFER, miner);
    }

    private byte[] bytes(int number) {
        byte[] bytes = new byte[number];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void leave(List<Miner> miners) {
        miners.forEach(miner -> miner.connection.close(new CloseReason.Local("bye")));
        await(() -> miners.stream().allMatch(miner -> miner.closed != null));
    }

    private static void awaitBaseline(BesiegedProcess server, Holdings before) throws IOException {
        Holdings now = Holdings.of(server);
        for (int look = 0; !now.isLike(before) && look < LOOKS_MAX; look++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            now = Holdings.of(server);
        }
        assertThat(now.descriptors).isEqualTo(before.descriptors);
        assertThat(now.heap).isLessThan(before.heap + HEAP_SLACK_BYTES);
        assertThat(now.direct).isLessThan(before.direct + DIRECT_SLACK_BYTES);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).as("interrupted").isFalse();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /// What a server holds, in bytes and in number.
    private record Holdings(long heap, long direct, long descriptors) {
        static Holdings of(BesiegedProcess server) throws IOException {
            return new Holdings(server.ask("heap"), server.ask("direct"), server.ask("descriptors"));
        }

        boolean isLike(Holdings before) {
            return descriptors == before.descriptors
                    && heap < before.heap + HEAP_SLACK_BYTES
                    && direct < before.direct + DIRECT_SLACK_BYTES;
        }

        void print(int connections, Holdings before) throws IOException {
            System.out.printf(
                    "%d idle encrypted connections: heap %d bytes each, direct %d bytes each; the system's buffers of"
                            + " both ends: %s%n",
                    connections,
                    (heap - before.heap) / connections,
                    (direct - before.direct) / connections,
                    kernelMemory());
        }

        /// The pages that all sockets of this machine hold, where it tells.
        private static String kernelMemory() throws IOException {
            Path statistics = Path.of("/proc/net/sockstat");
            return Files.isReadable(statistics)
                    ? Files.readAllLines(statistics).stream()
                            .filter(line -> line.startsWith("TCP:"))
                            .findFirst()
                            .orElse("unknown")
                    : "unknown";
        }
    }

    /// A client that can submit shares, each after the answer to the one before.
    private static class Miner implements ConnectionHandler {
        volatile Connection connection;
        volatile CloseReason closed;
        volatile int credited;

        boolean isSetUp() {
            return connection != null;
        }

        boolean isDone() {
            return credited == SHARES_EACH;
        }

        void mine() {
            connection.lane().execute(this::submit);
        }

        private void submit() {
            connection.send(new SubmitSharesStandard(1, credited, 1, 2, 3, 4));
        }

        @Override
        public void onOpen(Connection connection) {
            this.connection = connection;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // on one lane only
        public void onMessage(Sv2Message message) {
            if (message instanceof SubmitSharesSuccess success && success.lastSequenceNumber() == credited) {
                credited++;
                if (!isDone()) {
                    submit();
                }
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            closed = reason;
        }
    }
}
