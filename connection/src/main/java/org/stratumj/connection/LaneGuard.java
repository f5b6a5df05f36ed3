package org.stratumj.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;

/// Runs the tasks of lanes so that an exception ends one task and not its lane. Every [Network] has one for all of its
/// lanes and pipes. Any thread.
///
/// A failure is counted and logged as ERROR with its stack. An error of the JVM itself, such as [OutOfMemoryError],
/// also goes to the thread's [Thread.UncaughtExceptionHandler]: state shared by all lanes may be broken, so an
/// application ends there. A [StackOverflowError] is an ordinary failure: the stack is free again when it arrives here.
public final class LaneGuard {
    private static final Logger LOG = System.getLogger("org.stratumj.connection");

    private final LongAdder failures = new LongAdder();

    /// A guard that has seen no failure.
    public LaneGuard() {}

    /// Runs `task`; whatever it throws is handled here.
    ///
    /// @param where the lane or pipe, for the log
    public void run(Object where, Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failed(where, e);
        }
    }

    /// Counts and logs the failure of a task.
    ///
    /// @param where the lane or pipe, for the log
    public void failed(Object where, Throwable failure) {
        failures.increment();
        escalate(failure);
        try {
            LOG.log(Level.ERROR, where + ": a task failed", failure);
        } catch (RuntimeException | Error _) {
            // The failure is counted; a log that fails must not end the lane.
        }
    }

    /// Tasks and callbacks that threw.
    public long failures() {
        return failures.sum();
    }

    /// Passes an error of the JVM to the handler of uncaught exceptions of this thread; does nothing for any other.
    static void escalate(Throwable failure) {
        if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, failure);
        }
    }
}
