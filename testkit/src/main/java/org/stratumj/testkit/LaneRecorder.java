package org.stratumj.testkit;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// A network around another one that watches its lanes: it records on which lane a test's marks were made, and in which
/// order, and notes each breach of the promise of [Lane]: tasks of one lane run one after another, in the order in
/// which they were given, never two at a time.
///
/// ```java
/// var recorder = new LaneRecorder(bed.network());
/// … // the code under test runs on the recorder, and its handler calls recorder.mark("opened"), …
/// recorder.assertInOrder("opened", "message", "closed");
/// recorder.assertOneLane("opened", "message", "closed");
/// recorder.assertLanesKept();
/// ```
///
/// Any thread.
public final class LaneRecorder implements Network {
    /// Where marks stand that were made on no lane.
    public static final String NO_LANE = "no lane";

    private final Network below;
    private final Map<Lane, RecordedLane> lanes = new ConcurrentHashMap<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();

    /// Watches the lanes of a network, which it closes when it is closed.
    public LaneRecorder(Network below) {
        this.below = below;
    }

    /// Something that happened.
    ///
    /// @param lane  of the recorder, or [#NO_LANE]
    /// @param label what the test called it
    public record Mark(String lane, String label) {}

    /// Records that something happens now, on the lane of the caller.
    public void mark(String label) {
        RecordedLane lane = RecordedLane.CURRENT.get();
        synchronized (marks) {
            marks.add(new Mark(lane == null || lane.recorder() != this ? NO_LANE : lane.toString(), label));
        }
    }

    /// All marks, in the order in which they were made.
    public List<Mark> marks() {
        synchronized (marks) {
            return List.copyOf(marks);
        }
    }

    /// Makes sure that these were marked, each of them on the same lane whenever it was.
    ///
    /// @param labels all marks if none is named
    /// @throws AssertionError if one was not marked, or they were marked on several lanes or on none
    public void assertOneLane(String... labels) {
        List<Mark> looked = marks().stream()
                .filter(mark -> labels.length == 0 || List.of(labels).contains(mark.label()))
                .toList();
        require(!looked.isEmpty(), "nothing was marked");
        for (String label : labels) {
            require(looked.stream().anyMatch(mark -> mark.label().equals(label)), label + " was not marked");
        }
        List<String> used = looked.stream().map(Mark::lane).distinct().toList();
        require(used.size() == 1 && !used.contains(NO_LANE), "not on one lane, but on " + used);
    }

    /// Makes sure that these were marked in this order, whatever else was marked in between.
    ///
    /// @throws AssertionError if they were not
    public void assertInOrder(String... labels) {
        int found = 0;
        for (Mark mark : marks()) {
            if (found < labels.length && mark.label().equals(labels[found])) {
                found++;
            }
        }
        require(found == labels.length, "not in order: from " + (found < labels.length ? labels[found] : "") + " on");
    }

    /// Makes sure that no lane has run two tasks at a time, or one before another that was given earlier.
    ///
    /// @throws AssertionError if one has
    public void assertLanesKept() {
        synchronized (breaches) {
            require(breaches.isEmpty(), String.join("\n", breaches));
        }
    }

    @Override
    public CompletionStage<Listener> listen(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
        return below.listen(address, pipe -> record(pipe, acceptor, new AtomicReference<>()));
    }

    @Override
    public CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler) {
        AtomicReference<RecordedPipe> made = new AtomicReference<>();
        return below.connect(host, port, timeout, pipe -> record(pipe, handler, made))
                .thenApply(_ -> Objects.requireNonNull(made.get()));
    }

    @Override
    public Lane newLane() {
        return recorded(below.newLane());
    }

    @Override
    public Executor workers() {
        return below.workers();
    }

    @Override
    public Executor blocking() {
        return below.blocking();
    }

    @Override
    public long laneFailures() {
        return below.laneFailures();
    }

    @Override
    public InstantSource clock() {
        return below.clock();
    }

    @Override
    public SecureRandom random() {
        return below.random();
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration max) throws InterruptedException {
        return below.await(stage, max);
    }

    @Override
    public void close() {
        below.close();
    }

    void breach(String what) {
        synchronized (breaches) {
            breaches.add(what);
        }
    }

    private RecordedLane recorded(Lane lane) {
        return lanes.computeIfAbsent(lane, known -> new RecordedLane(known, this));
    }

    private PipeHandler record(Pipe pipe, Function<Pipe, PipeHandler> factory, AtomicReference<RecordedPipe> made) {
        RecordedLane lane = recorded(pipe.lane());
        RecordedPipe recorded = new RecordedPipe(pipe, lane);
        made.set(recorded);
        return recorded.attach(factory);
    }

    private void require(boolean holds, String complaint) {
        if (!holds) {
            throw new AssertionError(complaint + "\nmarks: " + marks());
        }
    }
}
