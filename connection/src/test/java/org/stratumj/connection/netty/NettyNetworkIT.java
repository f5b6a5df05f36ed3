package org.stratumj.connection.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// Goal: the contract of the network seam on real sockets, with epoll and with NIO, against plain `java.net` at
/// the other end.
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"best", "nio"})
class NettyNetworkIT {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration SECONDS = Duration.ofMinutes(1);

    private final NettyNetwork network;

    NettyNetworkIT(String transport) {
        network = transport.equals("nio") ? NettyNetwork.openNio(2) : NettyNetwork.open();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    @Tag("GEN-005")
    void carriesBytesAndTellsTheEndOnce() throws Exception {
        Recorder server = new Recorder();
        Network.Listener listener = listen(server);
        try (Socket socket = dial(listener)) {
            socket.getOutputStream().write("ping".getBytes(UTF_8));
            server.awaitBytes(4);
            server.onLane(pipe -> {
                pipe.write("xpongx".getBytes(UTF_8), 1, 4);
                pipe.flush();
            });
            assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("pong");
            assertThat(server.pipe.remoteAddress().getPort()).isEqualTo(socket.getLocalPort());
        }
        server.closed.get();
        assertThat(server.closes).containsExactly("in order");
    }

    @Test
    @Tag("GEN-005")
    void closingWithFlushDeliversAllAlthoughInputIsWaiting() throws Exception {
        Recorder server = new Recorder();
        Network.Listener listener = listen(server);
        byte[] answer = new byte[3 << 20];
        try (Socket socket = dial(listener)) {
            server.awaitOpen();
            server.onLane(pipe -> pipe.readable(false));
            socket.getOutputStream().write(new byte[1000]); // unread input turns a close into a reset
            server.onLane(pipe -> {
                pipe.write(answer, 0, answer.length);
                pipe.close(true);
            });
            assertThat(socket.getInputStream().readAllBytes()).hasSize(answer.length);
        }
        server.closed.get();
    }

    @Test
    void closingWithoutFlushDropsWhatIsQueued() throws Exception {
        Recorder server = new Recorder();
        Network.Listener listener = listen(server);
        try (Socket socket = dial(listener)) {
            server.awaitOpen();
            server.onLane(pipe -> {
                pipe.write(new byte[100], 0, 100);
                pipe.close(false);
                pipe.close(true);
                pipe.write(new byte[100], 0, 100);
                pipe.flush();
            });
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        server.closed.get();
        assertThat(server.closes).containsExactly("in order");
    }

    @Test
    void stoppedReadingSlowsTheSenderDown() throws Exception {
        Recorder server = new Recorder();
        Network.Listener listener = listen(server);
        byte[] flood = new byte[32 << 20];
        try (Socket socket = dial(listener)) {
            server.awaitOpen();
            server.onLane(pipe -> pipe.readable(false));
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(socket, flood));
            server.awaitIdle();
            assertThat(server.received.size()).isLessThan(flood.length);
            assertThat(sent).isNotDone();
            server.onLane(pipe -> pipe.readable(true));
            server.awaitBytes(flood.length);
            sent.get();
        }
    }

    @Test
    void isNotWritableFromTheHighWaterMarkToTheLow() throws Exception {
        Recorder server = new Recorder();
        Network.Listener listener = listen(server);
        try (Socket socket = dial(listener)) {
            server.awaitOpen();
            CompletableFuture<List<Boolean>> writable = new CompletableFuture<>();
            server.onLane(pipe -> {
                pipe.write(new byte[NettyPipe.HIGH_WATER_BYTES - 1], 0, NettyPipe.HIGH_WATER_BYTES - 1);
                boolean before = pipe.isWritable();
                pipe.write(new byte[1], 0, 1);
                boolean at = pipe.isWritable();
                assertThat(pipe.queuedBytes()).isEqualTo(NettyPipe.HIGH_WATER_BYTES);
                pipe.flush();
                writable.complete(List.of(before, at));
            });
            assertThat(writable.get()).containsExactly(true, false);
            socket.getInputStream().readNBytes(NettyPipe.HIGH_WATER_BYTES);
            server.writable.get();
            assertThat(server.pipe.isWritable()).isTrue();
        }
    }

    /// Goal: a slow peer is seen to take something though the write that it takes of is not done. Method: one
    /// write that no socket holds; the peer reads some of it.
    @Test
    void countsWhatIsTakenOfAWriteThatIsNotDone() throws Exception {
        Recorder server = new Recorder();
        Network.Listener listener = listen(server);
        int length = 32 << 20;
        try (Socket socket = dial(listener)) {
            server.awaitOpen();
            server.onLane(pipe -> {
                pipe.write(new byte[length], 0, length);
                pipe.flush();
            });
            long before = server.takenWhenIdle();
            assertThat(before).isBetween(1L, length - 1L);
            socket.getInputStream().readNBytes(8 << 20);
            assertThat(server.takenWhenIdle()).isBetween(before + 1, length - 1L);
            server.onLane(pipe -> assertThat(pipe.queuedBytes()).isEqualTo(length));
            assertThat(server.taken.get()).isFalse();

            socket.getInputStream().readNBytes(length - (8 << 20));
            server.writable.get();
            assertThat(server.takenWhenIdle()).isEqualTo(length);
            assertThat(server.taken.get()).isTrue();
        }
        server.closed.get();
        assertThat(server.closes).containsExactly("in order");
    }

    @Test
    void aResetIsAFailure() throws Exception {
        Recorder server = new Recorder();
        Network.Listener listener = listen(server);
        Socket socket = dial(listener);
        server.awaitOpen();
        socket.setSoLinger(true, 0);
        socket.close();
        server.closed.get();
        assertThat(server.closes).singleElement().asString().containsIgnoringCase("reset");
    }

    @Test
    void portInUseFailsToBindInPlainWords() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
            assertThatThrownBy(() -> network.listen(address, pipe -> new Recorder())
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(BindException.class)
                    .hasMessage("localhost:" + taken.getLocalPort() + ": address already in use");
        }
    }

    @Test
    void portIsFreeAfterTheListenerClosed() {
        Network.Listener listener = listen(new Recorder());
        listener.close().toCompletableFuture().join();
        Network.Listener again = network.listen(listener.localAddress(), pipe -> new Recorder())
                .toCompletableFuture()
                .join();
        assertThat(again.localAddress()).isEqualTo(listener.localAddress());
    }

    @Test
    void refusedConnectionFailsInPlainWords() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThatThrownBy(() -> connect("127.0.0.1", port))
                .isInstanceOf(IOException.class)
                .hasMessage("127.0.0.1:" + port + ": connection refused");
    }

    @Test
    void unknownHostFailsInPlainWords() {
        assertThatThrownBy(() -> connect("no-such-host.invalid", 3333))
                .isInstanceOf(IOException.class)
                .hasMessage("no-such-host.invalid:3333: host name no-such-host.invalid cannot be resolved");
    }

    @Test
    void triesEveryAddressOfAHost() throws Throwable {
        // localhost may well be ::1 first, where nobody listens
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(connect("localhost", server.getLocalPort())).isNotNull();
        }
    }

    @Test
    void lanesRunTasksInOrderAndOneAtATime() throws Exception {
        Lane lane = network.newLane();
        List<Integer> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> late = new CompletableFuture<>();
        lane.execute(() -> {
            Lane.Scheduled never = lane.schedule(() -> ran.add(-1), Duration.ofMillis(1));
            never.cancel();
            never.cancel();
        });
        lane.schedule(() -> late.complete(null), Duration.ofMillis(20));
        for (int i = 0; i < 100; i++) {
            int number = i;
            lane.execute(() -> ran.add(number));
        }
        late.get();
        assertThat(ran).hasSize(100).isSorted();
        assertThat(lane.isCurrent()).isFalse();
    }

    @Test
    void closingTheNetworkEndsEveryPipe() throws Throwable {
        Recorder server = new Recorder();
        Network.Listener listener = listen(server);
        try (Socket socket = dial(listener)) {
            server.awaitOpen();
            network.close();
            assertThat(server.closes).hasSize(1);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        network.newLane().execute(() -> {}); // dropped, not refused
        network.close();
        assertThatThrownBy(() -> connect("127.0.0.1", 1)).hasMessage("the network is closed");
        assertThatThrownBy(() -> listen(new Recorder())).hasRootCauseMessage("the network is closed");
    }

    @Test
    void handlerThatThrowsLosesItsPipeOnly() throws Exception {
        Recorder bad = new Recorder();
        bad.throwing = true;
        Network.Listener listener = listen(bad);
        try (Socket socket = dial(listener)) {
            socket.getOutputStream().write(1);
            bad.closed.get();
            assertThat(bad.closes).containsExactly("handler failed");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket another = dial(listener)) {
            assertThat(another.isConnected()).isTrue();
        }
    }

    private Network.Listener listen(Recorder recorder) {
        return network.listen(ANY_PORT, recorder::attach).toCompletableFuture().join();
    }

    private static Socket dial(Network.Listener listener) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), listener.localAddress().getPort());
        socket.setSoTimeout((int) SECONDS.toMillis());
        return socket;
    }

    private Pipe connect(String host, int port) throws Throwable {
        try {
            return network.connect(host, port, SECONDS, new Recorder()::attach)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Keeps what arrives. Any thread may look.
    private static final class Recorder implements PipeHandler {
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        final List<String> closes = new CopyOnWriteArrayList<>();
        final CompletableFuture<Pipe> open = new CompletableFuture<>();
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        final CompletableFuture<Void> writable = new CompletableFuture<>();
        final AtomicBoolean taken = new AtomicBoolean();
        volatile boolean throwing;
        volatile Pipe pipe;

        PipeHandler attach(Pipe pipe) {
            this.pipe = pipe;
            open.complete(pipe);
            return this;
        }

        @Override
        public void onBytes(byte[] bytes, int offset, int length) {
            if (throwing) {
                throw new IllegalStateException("handler failed");
            }
            synchronized (received) {
                received.write(bytes, offset, length);
                received.notifyAll();
            }
        }

        @Override
        public void onTaken() {
            taken.set(true);
        }

        @Override
        public void onWritable() {
            writable.complete(null);
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            closes.add(failure == null ? "in order" : failure.getMessage());
            closed.complete(null);
        }

        void awaitOpen() throws Exception {
            open.get();
        }

        void awaitBytes(int count) throws InterruptedException {
            synchronized (received) {
                while (received.size() < count) {
                    received.wait(100);
                }
                assertThat(received.size()).isEqualTo(count);
            }
        }

        /// Until nothing more comes, for some turns of the lane.
        void awaitIdle() throws Exception {
            int before;
            do {
                before = received.size();
                CompletableFuture<Void> turn = new CompletableFuture<>();
                pipe.lane().schedule(() -> turn.complete(null), Duration.ofMillis(50));
                turn.get();
            } while (received.size() != before);
        }

        /// What the socket has taken once it takes no more, for some turns of the lane.
        long takenWhenIdle() throws Exception {
            long before;
            long now = 0;
            do {
                before = now;
                CompletableFuture<Long> turn = new CompletableFuture<>();
                pipe.lane().schedule(() -> turn.complete(pipe.takenBytes()), Duration.ofMillis(50));
                now = turn.get();
            } while (now != before || now == 0);
            return now;
        }

        void onLane(Consumer<Pipe> action) {
            pipe.lane().execute(() -> action.accept(pipe));
        }
    }
}
