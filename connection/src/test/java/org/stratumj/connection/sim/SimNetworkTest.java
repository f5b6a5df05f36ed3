package org.stratumj.connection.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// What simulations rest on: one seed, one order of events; and processes that end without a word.
class SimNetworkTest {
    private final SimNetwork network = new SimNetwork(7);
    private final SimProcess server = network.process("server", 2, "10.0.0.2");
    private final SimProcess client = network.process("client", 1, "10.0.0.3");

    @Test
    void runsTasksOfOneLaneInOrderAndLanesAsTheSeedSays() {
        assertThat(order(1)).isEqualTo(order(1));
        assertThat(IntStream.range(1, 20).mapToObj(SimNetworkTest::order).distinct())
                .hasSizeGreaterThan(10);
        assertThat(order(1)).filteredOn(label -> label.startsWith("a")).isSorted();
    }

    private static List<String> order(long seed) {
        SimNetwork network = new SimNetwork(seed);
        List<String> order = new ArrayList<>();
        Lane a = network.newLane();
        Lane b = network.newLane();
        for (int i = 0; i < 8; i++) {
            String number = String.valueOf(i);
            a.execute(() -> order.add("a" + number));
            b.execute(() -> order.add("b" + number));
        }
        network.run();
        return order;
    }

    @Test
    void failureOfATaskFailsTheTestThatRunsItAfterTheRest() {
        Lane lane = network.newLane();
        List<String> ran = new ArrayList<>();
        lane.execute(() -> {
            throw new IllegalStateException("planted");
        });
        lane.execute(() -> ran.add("next"));
        assertThatThrownBy(network::run).isInstanceOf(AssertionError.class).hasRootCauseMessage("planted");
        assertThat(ran).containsExactly("next");
        network.run(); // each failure is reported once
        assertThat(network.laneFailures()).isEqualTo(1);
    }

    @Test
    void firesTimersInTheirOrderAndForgetsCancelledOnes() {
        Lane lane = network.newLane();
        List<Long> fired = new ArrayList<>();
        List<Lane.Scheduled> cancelled = new ArrayList<>();
        for (int i = 1000; i > 0; i--) {
            Lane.Scheduled timer = lane.schedule(() -> fired.add(lane.nanoTime()), Duration.ofMillis(i));
            if (i % 10 != 0) {
                cancelled.add(timer);
            }
        }
        assertThat(network.timers()).isEqualTo(1000);
        cancelled.forEach(Lane.Scheduled::cancel);
        cancelled.forEach(Lane.Scheduled::cancel);
        assertThat(network.timers()).isEqualTo(100);

        network.advance(Duration.ofSeconds(1));
        assertThat(fired).hasSize(100).isSorted().startsWith(10_000_000L);
        assertThat(network.timers()).isZero();
    }

    @Test
    void dropsATimerThatIsCancelledWhileItWaitsForItsLane() {
        Lane lane = network.newLane();
        List<String> ran = new ArrayList<>();
        Lane.Scheduled second = lane.schedule(() -> ran.add("second"), Duration.ofSeconds(2));
        lane.schedule(
                () -> {
                    network.spend(Duration.ofSeconds(5));
                    second.cancel();
                    ran.add("first");
                },
                Duration.ofSeconds(1));
        network.advance(Duration.ofSeconds(10));
        assertThat(ran).containsExactly("first");
    }

    @Test
    void carriesBytesInOrderWhateverThePieces() {
        Recorder accepted = new Recorder();
        Recorder dialled = new Recorder();
        connect(accepted, dialled);
        StringBuilder sent = new StringBuilder();
        dialled.pipe().lane().execute(() -> sendNumbers(dialled.pipe(), sent));
        network.run();
        assertThat(accepted.received.toString()).isEqualTo(sent.toString());
        assertThat(accepted.closed).isEqualTo("in order");
    }

    private static void sendNumbers(Pipe pipe, StringBuilder sent) {
        for (int i = 0; i < 20_000; i++) {
            byte[] word = (i + " ").getBytes(StandardCharsets.UTF_8);
            sent.append(i).append(' ');
            pipe.write(word, 0, word.length);
            if (i % 7 == 0) {
                pipe.flush();
            }
        }
        pipe.close(true);
    }

    @Test
    void killedProcessNeitherActsNorHears() {
        Recorder accepted = new Recorder();
        Recorder dialled = new Recorder();
        int port = connect(accepted, dialled);
        List<String> ran = new ArrayList<>();
        Lane lane = server.newLane();
        lane.execute(() -> ran.add("task"));
        lane.schedule(() -> ran.add("timer"), Duration.ofSeconds(1));
        server.kill();
        lane.schedule(() -> ran.add("later timer"), Duration.ofSeconds(1));
        network.advance(Duration.ofSeconds(5));

        assertThat(ran).isEmpty();
        assertThat(accepted.closed).isNull();
        assertThat(dialled.closed).contains("connection reset by server");
        assertThat(network.pipes()).isZero();
        assertThat(network.timers()).isZero();
        CompletableFuture<Pipe> again = dial(port, new Recorder());
        assertThat(again).isCompletedExceptionally();
        assertThat(network.process("server again", 1, "10.0.0.2")
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), _ -> new Recorder())
                        .toCompletableFuture())
                .isCompletedWithValueMatching(bound -> bound.localAddress().getPort() == port);
    }

    /// @return the server's port
    private int connect(Recorder accepted, Recorder dialled) {
        Network.Listener bound = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), accepted::on)
                .toCompletableFuture()
                .join();
        dial(bound.localAddress().getPort(), dialled).join();
        network.run();
        return bound.localAddress().getPort();
    }

    private CompletableFuture<Pipe> dial(int port, Recorder dialled) {
        CompletableFuture<Pipe> pipe = client.connect("127.0.0.1", port, Duration.ofSeconds(1), dialled::on)
                .toCompletableFuture();
        network.run();
        return pipe;
    }

    private static final class Recorder implements PipeHandler {
        private final StringBuilder received = new StringBuilder();
        private @Nullable Pipe pipe;
        private @Nullable String closed;

        Recorder on(Pipe opened) {
            pipe = opened;
            return this;
        }

        Pipe pipe() {
            if (pipe == null) {
                throw new AssertionError("not connected");
            }
            return pipe;
        }

        @Override
        public void onBytes(byte[] bytes, int offset, int length) {
            received.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            closed = failure == null ? "in order" : String.valueOf(failure.getMessage());
        }
    }
}
