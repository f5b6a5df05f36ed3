package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.Lane;

class TurnWatchTest {
    private final TurnWatch watch = new TurnWatch(Listeners.of("any", false, List.of(), ServiceMetrics.NONE));

    @Test
    void looksAgainAndAgainUntilItIsStopped() {
        ManualLane lane = new ManualLane(true);
        watch.begin(lane);
        lane.timers.remove().run();
        assertThat(lane.timers).hasSize(1);
        watch.stop();
        lane.timers.remove().run();
        assertThat(lane.timers).isEmpty();
    }

    @Test
    void leavesNoTimerInASimulation() {
        ManualLane lane = new ManualLane(false);
        watch.begin(lane);
        assertThat(lane.timers).isEmpty();
    }

    @Test
    void theConnectionsOfALaneShareItsTurn() {
        ManualLane lane = new ManualLane(true);
        assertThat(watch.of(lane)).isSameAs(watch.of(lane)).isNotSameAs(watch.of(new ManualLane(true)));
    }

    /// Runs nothing by itself.
    private static final class ManualLane implements Lane {
        private final Deque<Runnable> timers = new ArrayDeque<>();
        private final boolean live;

        ManualLane(boolean live) {
            this.live = live;
        }

        @Override
        public void execute(Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            timers.add(task);
            return () -> timers.remove(task);
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
            return true;
        }

        @Override
        public boolean isLive() {
            return live;
        }
    }
}
