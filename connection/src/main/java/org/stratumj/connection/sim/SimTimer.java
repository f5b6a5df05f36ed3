package org.stratumj.connection.sim;

import java.util.Comparator;
import org.stratumj.connection.Lane;

/// A task waiting for its time; those of one time are due in the order they were made.
final class SimTimer implements Comparable<SimTimer>, Lane.Scheduled {
    private static final Comparator<SimTimer> ORDER =
            Comparator.comparingLong(SimTimer::at).thenComparingLong(timer -> timer.number);

    private final long at;
    private final long number;
    private final SimLane lane;
    private final SimTimers timers;
    private final Runnable task;
    private boolean fired;
    private boolean cancelled;

    SimTimer(long at, long number, SimLane lane, SimTimers timers, Runnable task) {
        this.at = at;
        this.number = number;
        this.lane = lane;
        this.timers = timers;
        this.task = task;
    }

    long at() {
        return at;
    }

    SimLane lane() {
        return lane;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void fire() {
        fired = true;
        lane.execute(() -> {
            if (!cancelled) {
                task.run();
            }
        });
    }

    /// Nothing runs on its lane any more.
    void abandon() {
        fired = true;
        cancelled = true;
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            if (!fired) {
                timers.cancelled();
            }
        }
    }

    @Override
    public int compareTo(SimTimer other) {
        return ORDER.compare(this, other);
    }
}
