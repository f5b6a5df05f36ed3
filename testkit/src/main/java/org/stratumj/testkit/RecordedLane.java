package org.stratumj.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;

/// A lane that knows who runs on it. Any thread.
///
/// Each task gets its number while the lane below takes it, so that both agree on the order; a task that comes with a
/// smaller number than one before it was overtaken.
final class RecordedLane implements Lane {
    static final ThreadLocal<@Nullable RecordedLane> CURRENT = new ThreadLocal<>();

    private final Lane below;
    private final LaneRecorder recorder;
    private final Object giving = new Object();
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
    private long given;
    private volatile long lastRun = -1;

    RecordedLane(Lane below, LaneRecorder recorder) {
        this.below = below;
        this.recorder = recorder;
    }

    LaneRecorder recorder() {
        return recorder;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (giving) {
            long number = given++;
            below.execute(() -> run(() -> {
                if (number < lastRun) {
                    recorder.breach(this + " ran task " + number + " after task " + lastRun);
                }
                lastRun = number;
                task.run();
            }));
        }
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        return below.schedule(() -> run(task), delay);
    }

    @Override
    public Instant now() {
        return below.now();
    }

    @Override
    public long nanoTime() {
        return below.nanoTime();
    }

    @Override
    public boolean isCurrent() {
        return below.isCurrent();
    }

    @Override
    public String toString() {
        return below.toString();
    }

    /// Runs a task, which may call another of the same lane.
    void run(Runnable task) {
        Thread thread = Thread.currentThread();
        Thread before = runner.getAndSet(thread);
        if (before != null && !before.equals(thread)) {
            recorder.breach(this + " ran two tasks at a time, on " + before.getName() + " and " + thread.getName());
        }
        RecordedLane outer = CURRENT.get();
        CURRENT.set(this);
        try {
            task.run();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
            runner.set(before);
        }
    }
}
