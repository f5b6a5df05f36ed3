package org.stratumj.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/// The single owner of a connection: tasks given to one lane run one after another, in order, never two at a
/// time.
///
/// In life a lane is an event loop shared by many connections; in a simulation it is a queue with virtual time.
/// A task must not block. One that throws ends nothing but itself: the failure is logged as ERROR with its stack and
/// counted in [Network#laneFailures], and the lane goes on with the next task. Every method may be called from any
/// thread.
public interface Lane extends Executor {

    /// Runs `task` on this lane after all tasks given before.
    @Override
    void execute(Runnable task);

    /// Runs `task` on this lane once `delay` has passed.
    Scheduled schedule(Runnable task, Duration delay);

    /// Wall-clock time, for what the protocol dates (certificates, nTime).
    Instant now();

    /// Monotonic time in nanoseconds with an arbitrary origin, for deadlines and durations.
    long nanoTime();

    /// Whether the caller runs on this lane.
    boolean isCurrent();

    /// Whether a thread and real time are behind it, so that a task can hold it up while others watch. Not in a
    /// simulation, where one task runs at a time and time stands still meanwhile.
    default boolean isLive() {
        return false;
    }

    /// A task waiting for its time.
    interface Scheduled {
        /// Drops the task if it has not begun. Any thread; idempotent.
        void cancel();
    }
}
