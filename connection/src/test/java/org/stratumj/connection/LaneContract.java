package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.connection.sim.TestBed;

/// Goal: a lane outlives whatever its tasks and the handlers of its pipes throw, on any network: the failure is logged
/// with its stack and counted, and what else the lane has to do is done.
abstract class LaneContract {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final LogLines log = LogLines.of("org.stratumj.connection");
    private TestBed bed;

    abstract TestBed openBed();

    @BeforeEach
    void open() {
        bed = openBed();
    }

    @AfterEach
    void close() {
        bed.close();
        log.close();
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("planted"), new AssertionError("planted"), new StackOverflowError("planted"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void laneGoesOnAfterATaskThatThrows(Throwable failure) {
        Lane lane = bed.network().newLane();
        lane.execute(() -> LaneContract.<RuntimeException>raise(failure));
        assertRuns(lane);
        assertFailures(1, failure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void laneGoesOnAfterAScheduledTaskThatThrows(Throwable failure) {
        Lane lane = bed.network().newLane();
        lane.schedule(() -> LaneContract.<RuntimeException>raise(failure), Duration.ofMillis(1));
        bed.await(() -> bed.network().laneFailures() == 1);
        assertRuns(lane);
        assertFailures(1, failure);
    }

    @Test
    void laneOfAPipeGoesOnAfterATaskThatThrows() {
        IllegalStateException failure = new IllegalStateException("planted");
        Ends ends = connect(pipe -> new Heard(), pipe -> new Heard());
        ends.client.lane().execute(() -> LaneContract.<RuntimeException>raise(failure));
        assertRuns(ends.client.lane());
        assertFailures(1, failure);
        ends.client.close(false);
    }

    @Test
    void errorOfTheJvmGoesToTheHandlerOfUncaughtExceptions() {
        AtomicReference<@Nullable Throwable> uncaught = new AtomicReference<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> uncaught.set(e));
        try {
            OutOfMemoryError planted = new OutOfMemoryError("planted");
            bed.network().newLane().execute(() -> {
                throw planted;
            });
            bed.await(() -> bed.network().laneFailures() == 1);
            assertThat(uncaught).hasValue(planted);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    enum Callback {
        BYTES,
        READ_COMPLETE,
        CLOSED
    }

    @ParameterizedTest
    @EnumSource
    void handlerThatThrowsLosesItsPipeAndNoOther(Callback where) {
        Heard failing = new Heard(where);
        Ends ends = connect(pipe -> failing, pipe -> new Heard());
        Heard neighbour = new Heard();
        Ends others = connect(pipe -> neighbour, pipe -> new Heard());

        send(ends.client);
        if (where == Callback.CLOSED) {
            ends.client.close(true);
        }
        bed.await(() -> failing.closed);

        assertFailures(1, failing.planted);
        assertThat(failing.failure).isEqualTo(where == Callback.CLOSED ? null : failing.planted);
        assertThat(failing.closes).hasValue(1);
        send(others.client);
        bed.await(() -> neighbour.bytes.get() == 1);
        others.client.close(false);
    }

    @Test
    void factoryOfHandlersThatThrowsLosesItsPipe() {
        Heard client = new Heard();
        connect(
                pipe -> {
                    throw new IllegalStateException("planted");
                },
                pipe -> client);
        bed.await(() -> client.closed);
        assertThat(bed.network().laneFailures()).isEqualTo(1);
    }

    @Test
    void diallingFailsWhenItsFactoryOfHandlersThrows() {
        Heard server = new Heard();
        var listener = bed.await(bed.network().listen(ANY_PORT, pipe -> server));
        var dialled = dial(listener, pipe -> {
            throw new IllegalStateException("planted");
        });
        assertThatThrownBy(() -> bed.await(dialled))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("planted");
        bed.await(() -> server.closed);
        assertThat(bed.network().laneFailures()).isEqualTo(1);
    }

    private void assertRuns(Lane lane) {
        CompletableFuture<Void> executed = new CompletableFuture<>();
        CompletableFuture<Void> scheduled = new CompletableFuture<>();
        lane.execute(() -> executed.complete(null));
        lane.schedule(() -> scheduled.complete(null), Duration.ofMillis(1));
        bed.await(CompletableFuture.allOf(executed, scheduled));
    }

    private void assertFailures(int count, Throwable failure) {
        assertThat(bed.network().laneFailures()).isEqualTo(count);
        assertThat(log.records())
                .filteredOn(record -> record.getLevel().equals(Level.SEVERE))
                .extracting(LogRecord::getThrown)
                .containsExactly(failure);
    }

    private record Ends(Pipe client, List<Pipe> servers) {}

    private Ends connect(Function<Pipe, PipeHandler> server, Function<Pipe, PipeHandler> client) {
        List<Pipe> servers = new CopyOnWriteArrayList<>();
        var listener = bed.await(bed.network().listen(ANY_PORT, pipe -> {
            servers.add(pipe);
            return server.apply(pipe);
        }));
        Pipe dialled = bed.await(dial(listener, client));
        bed.await(() -> !servers.isEmpty());
        return new Ends(dialled, servers);
    }

    private CompletableFuture<Pipe> dial(Network.Listener listener, Function<Pipe, PipeHandler> handler) {
        return bed.network()
                .connect("127.0.0.1", listener.localAddress().getPort(), Duration.ofSeconds(30), handler)
                .toCompletableFuture();
    }

    private static void send(Pipe pipe) {
        pipe.lane().execute(() -> {
            pipe.write(new byte[] {1}, 0, 1);
            pipe.flush();
        });
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable failure) throws E {
        throw (E) failure;
    }

    /// Notes what it hears, and throws where it is told to.
    private static final class Heard implements PipeHandler {
        final IllegalStateException planted = new IllegalStateException("planted");
        private final @Nullable Callback throwing;
        final AtomicInteger bytes = new AtomicInteger();
        final AtomicInteger closes = new AtomicInteger();
        volatile boolean closed;
        volatile @Nullable Throwable failure;

        Heard() {
            this.throwing = null;
        }

        Heard(Callback throwing) {
            this.throwing = throwing;
        }

        @Override
        public void onBytes(byte[] array, int offset, int length) {
            bytes.addAndGet(length);
            throwAt(Callback.BYTES);
        }

        @Override
        public void onReadComplete() {
            throwAt(Callback.READ_COMPLETE);
        }

        @Override
        public void onClosed(@Nullable Throwable why) {
            failure = why;
            closes.incrementAndGet();
            try {
                throwAt(Callback.CLOSED);
            } finally {
                closed = true;
            }
        }

        private void throwAt(Callback here) {
            if (throwing == here) {
                throw planted;
            }
        }
    }
}
