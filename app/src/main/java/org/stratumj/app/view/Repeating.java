package org.stratumj.app.view;

import java.time.Duration;

/// A daemon thread that does one thing again and again until it is closed.
final class Repeating implements AutoCloseable {
    private final Runnable action;
    private final Duration period;
    private final Thread thread;

    Repeating(String name, Duration period, Runnable action) {
        this.action = action;
        this.period = period;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    /// Stops, and waits for an action under way.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        try {
            while (!Thread.interrupted()) {
                Thread.sleep(period);
                runOnce();
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    /// A view that fails once may be right the next time; the roles do not depend on it.
    private void runOnce() {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            System.getLogger("org.stratumj.app.view").log(System.Logger.Level.ERROR, "failed", e);
        }
    }
}
