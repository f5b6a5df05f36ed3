package org.stratumj.node.rpc;

import java.time.Duration;

/// How long a node has owed an answer. Thread-safe.
final class Silence {
    private boolean waiting;
    private long since;

    /// A call begins.
    synchronized void asked() {
        if (!waiting) {
            waiting = true;
            since = System.nanoTime();
        }
    }

    /// The node has answered some call.
    synchronized void answered() {
        waiting = false;
    }

    /// Time since the first call after the last answer; zero without such a call.
    synchronized Duration duration() {
        return waiting ? Duration.ofNanos(System.nanoTime() - since) : Duration.ZERO;
    }
}
