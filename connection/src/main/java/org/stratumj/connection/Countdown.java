package org.stratumj.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A time after which something happens, and which can be held. Lane only.
final class Countdown {
    private final Lane lane;
    private @Nullable Runnable task;
    private Lane.@Nullable Scheduled timer;
    private long endsAt;
    private long leftNanos;

    Countdown(Lane lane) {
        this.lane = lane;
    }

    /// Runs `task` after `limit`, in place of what it waited for before.
    void begin(Duration limit, Runnable task) {
        end();
        this.task = task;
        leftNanos = limit.toNanos();
        go();
    }

    /// Waits for nothing any more.
    void end() {
        hold();
        task = null;
    }

    /// Stands still.
    void hold() {
        if (timer != null) {
            timer.cancel();
            timer = null;
            leftNanos = endsAt - lane.nanoTime();
        }
    }

    /// Goes on with the time that was left when it was held.
    void go() {
        if (task != null && timer == null) {
            endsAt = lane.nanoTime() + leftNanos;
            timer = lane.schedule(this::ended, Duration.ofNanos(Math.max(0, leftNanos)));
        }
    }

    private void ended() {
        Runnable due = task;
        timer = null;
        task = null;
        if (due != null) {
            due.run();
        }
    }
}
