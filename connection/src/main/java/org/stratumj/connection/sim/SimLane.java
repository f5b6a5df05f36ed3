package org.stratumj.connection.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.stratumj.connection.Lane;

/// A queue of tasks on virtual time.
public final class SimLane implements Lane {
    private final String name;
    private final SimNetwork network;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    SimLane(String name, SimNetwork network) {
        this.name = name;
        this.network = network;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        SimTimer timer = network.schedule(this, task, delay);
        return () -> network.cancel(timer);
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

    boolean isReady() {
        return !tasks.isEmpty();
    }

    void step() {
        running = true;
        try {
            tasks.remove().run();
        } finally {
            running = false;
        }
    }
}
