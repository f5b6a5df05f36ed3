package org.stratumj.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.wire.Str0255;

final class LaneRecorderTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsWhatHappensOnALane(boolean simulated) {
        try (TestBed bed = simulated ? TestBed.simulated(1) : TestBed.sockets()) {
            LaneRecorder recorder = new LaneRecorder(bed.network());
            Lane lane = recorder.newLane();
            lane.execute(() -> recorder.mark("first"));
            lane.execute(() -> {
                lane.execute(() -> {
                    recorder.mark("third");
                    lane.schedule(() -> recorder.mark("last"), Duration.ofMillis(10));
                });
                recorder.mark("second");
            });
            bed.await(() -> recorder.marks().size() == 4);
            recorder.assertInOrder("first", "second", "third", "last");
            recorder.assertOneLane();
            recorder.assertOneLane("first", "last");
            recorder.assertLanesKept();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsWhatHappensToPipes(boolean simulated) {
        try (TestBed bed = simulated ? TestBed.simulated(1) : TestBed.sockets()) {
            LaneRecorder recorder = new LaneRecorder(bed.network());
            ScriptedServer server = ScriptedServer.open(bed, recorder, new ServerSecurity.Plain());
            Endpoint endpoint = server.endpoint();
            ScriptedPeer client = ScriptedPeer.dial(bed, recorder, endpoint);
            client.send(new CloseChannel(1, Str0255.of("x")));
            ScriptedPeer peer = server.accept();
            peer.expect(CloseChannel.class);
            peer.close();
            client.expectClosed();
            recorder.assertLanesKept();
        }
    }

    @Test
    void complainsOfMarksOnOtherLanes() {
        try (TestBed bed = TestBed.simulated(1)) {
            LaneRecorder recorder = new LaneRecorder(bed.network());
            assertThatThrownBy(recorder::assertOneLane).hasMessageStartingWith("nothing was marked");
            Lane lane = recorder.newLane();
            lane.execute(() -> recorder.mark("here"));
            recorder.newLane().execute(() -> recorder.mark("there"));
            bed.await(() -> recorder.marks().size() == 2);
            assertThatThrownBy(recorder::assertOneLane).hasMessageStartingWith("not on one lane");
            recorder.assertOneLane("here");
            assertThatThrownBy(() -> recorder.assertOneLane("here", "nowhere"))
                    .hasMessageStartingWith("nowhere was not marked");
            recorder.mark("outside");
            assertThat(recorder.marks().getLast()).isEqualTo(new LaneRecorder.Mark(LaneRecorder.NO_LANE, "outside"));
            assertThatThrownBy(() -> recorder.assertOneLane("outside")).hasMessageStartingWith("not on one lane");
            assertThatThrownBy(() -> recorder.assertInOrder("outside", "here"))
                    .hasMessageStartingWith("not in order: from here on");
        }
    }

    @Test
    void noticesALaneThatRunsTasksOutOfOrder() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        LaneRecorder recorder = new LaneRecorder(withLane(tasks::push));
        Lane lane = recorder.newLane();
        lane.execute(() -> {});
        lane.execute(() -> {});
        tasks.forEach(Runnable::run);
        assertThatThrownBy(recorder::assertLanesKept).hasMessageContaining("ran task 0 after task 1");
    }

    @Test
    void noticesALaneThatRunsTwoTasksAtATime() throws InterruptedException {
        LaneRecorder recorder =
                new LaneRecorder(withLane(task -> Thread.ofPlatform().start(task)));
        Lane lane = recorder.newLane();
        CountDownLatch began = new CountDownLatch(2);
        CountDownLatch ended = new CountDownLatch(2);
        Runnable meeting = () -> {
            began.countDown();
            try {
                began.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ended.countDown();
        };
        lane.execute(meeting);
        lane.execute(meeting);
        ended.await();
        assertThatThrownBy(recorder::assertLanesKept).hasMessageContaining("ran two tasks at a time");
    }

    /// A network whose lanes run tasks as `executor` does.
    private static Network withLane(Executor executor) {
        return (Network) Proxy.newProxyInstance(
                LaneRecorderTest.class.getClassLoader(),
                new Class<?>[] {Network.class},
                (_, _, _) -> new BrokenLane(executor));
    }

    private record BrokenLane(Executor executor) implements Lane {
        @Override
        public void execute(Runnable task) {
            executor.execute(task);
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public boolean isCurrent() {
            return false;
        }
    }
}
