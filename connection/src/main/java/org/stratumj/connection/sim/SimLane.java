package org.stratumj.connection.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.stratumj.connection.Lane;

/// A queue of tasks on virtual time.
public final class SimLane implements Lane {
    private final int number;
    private final String name;
    private final SimNetwork network;
    private final SimProcess process;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    SimLane(int number, String name, SimNetwork network, SimProcess process) {
        this.number = number;
        this.name = name;
        this.network = network;
        this.process = process;
    }

    @Override
    public void execute(Runnable task) {
        if (isDead()) {
            return;
        }
        tasks.add(task);
        if (tasks.size() == 1 && !running) {
            network.ready(this);
        }
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        return isDead() ? () -> {} : network.schedule(this, task, delay);
    }

    @Override
    public Instant now() {
        return network.now();
    }

    @Override
    public long nanoTime() {
        return network.nanoTime();
    }

    @Override
    public boolean isCurrent() {
        return running;
    }

    @Override
    public String toString() {
        return name;
    }

    /// The same in each run, so that tables of lanes have the same order in each.
    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    SimProcess process() {
        return process;
    }

    boolean isDead() {
        return !process.isAlive();
    }

    int waiting() {
        return tasks.size();
    }

    /// Forgets what waits: its process was killed.
    void clear() {
        tasks.clear();
    }

    /// Runs the next task, if there is one.
    ///
    /// @return whether another one waits
    boolean step() {
        Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        running = true;
        network.guard(this, task);
        running = false;
        return !tasks.isEmpty();
    }
}
