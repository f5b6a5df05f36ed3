package org.stratumj.app.template;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs what is scheduled at once, on the thread that schedules it, and keeps the pauses that were asked for. Held, it
/// waits for the test to run one task after the other.
final class InstantExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final List<Long> pauses = new ArrayList<>();
    private final PriorityQueue<Planned> queue = new PriorityQueue<>();
    private long planned;
    private boolean held;
    private boolean running;
    private boolean shutdown;

    /// From now on tasks wait.
    void hold() {
        held = true;
    }

    /// Runs all that waits, and whatever comes later, at once; also after a shutdown.
    void run() {
        held = false;
        shutdown = false;
        drain();
    }

    /// Runs the next task.
    void runNext() {
        next().run();
    }

    /// The pause before the next task in milliseconds.
    long nextPause() {
        dropCancelled();
        return queue.element().pause;
    }

    boolean isIdle() {
        dropCancelled();
        return queue.isEmpty();
    }

    /// In milliseconds, in the order of scheduling.
    List<Long> pauses() {
        return pauses;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        if (shutdown) {
            throw new RejectedExecutionException();
        }
        Planned next = new Planned(task, unit.toMillis(delay), planned++);
        pauses.add(next.pause);
        queue.add(next);
        drain();
        return next;
    }

    @Override
    public void execute(Runnable task) {
        var _ = schedule(task, 0, TimeUnit.MILLISECONDS);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        shutdown = true;
        queue.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
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

    private void drain() {
        if (held || running) {
            return;
        }
        running = true;
        try {
            while (!isIdle()) {
                next().run();
            }
        } finally {
            running = false;
        }
    }

    private Planned next() {
        dropCancelled();
        return queue.remove();
    }

    private void dropCancelled() {
        queue.removeIf(FutureTask::isCancelled);
    }

    private static final class Planned extends FutureTask<@Nullable Void> implements ScheduledFuture<@Nullable Void> {
        private final long pause;
        private final long number;

        Planned(Runnable task, long pause, long number) {
            super(task, null);
            this.pause = pause;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(pause, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Planned later = (Planned) other;
            return pause == later.pause ? Long.compare(number, later.number) : Long.compare(pause, later.pause);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
