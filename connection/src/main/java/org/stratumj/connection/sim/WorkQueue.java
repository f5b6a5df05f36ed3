package org.stratumj.connection.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/// Workers that begin when the test says so.
public final class WorkQueue implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    /// An empty queue.
    public WorkQueue() {}

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /// Runs the first that waits, if there is one.
    public void runNext() {
        Runnable next = tasks.poll();
        if (next != null) {
            next.run();
        }
    }

    /// Runs what waits, and what that adds.
    public void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
