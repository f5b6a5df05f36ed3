package org.stratumj.it.sim;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;

/// A thread of virtual time, for those parts of the product that have one of their own. What repeats from now on runs
/// for the first time at once, as a thread does that is quick.
final class LaneExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final Lane lane;
    private boolean shutdown;

    LaneExecutor(Lane lane) {
        this.lane = lane;
    }

    @Override
    public void execute(Runnable task) {
        lane.execute(() -> run(task));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Planned planned = new Planned(task);
        planned.timer = lane.schedule(() -> run(planned), duration(delay, unit));
        return planned;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        Planned planned = new Planned(task);
        Duration pause = duration(delay, unit);
        if (first == 0) {
            repeat(planned, task, pause);
        } else {
            planned.timer = lane.schedule(() -> repeat(planned, task, pause), duration(first, unit));
        }
        return planned;
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    private void repeat(Planned planned, Runnable task, Duration pause) {
        if (!shutdown && !planned.isCancelled()) {
            task.run();
            planned.timer = lane.schedule(() -> repeat(planned, task, pause), pause);
        }
    }

    private void run(Runnable task) {
        if (!shutdown) {
            task.run();
        }
    }

    private static Duration duration(long amount, TimeUnit unit) {
        return Duration.of(amount, unit.toChronoUnit());
    }

    private static final class Planned extends FutureTask<@Nullable Void> implements ScheduledFuture<@Nullable Void> {
        private Lane.@Nullable Scheduled timer;

        Planned(Runnable task) {
            super(task, null);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            if (timer != null) {
                timer.cancel();
            }
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException("nobody asks for it");
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException("nobody asks for it");
        }
    }
}
