package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.stratumj.connection.Connection;

/// Notices handlers that keep a lane from its other connections. Any thread.
final class TurnWatch {
    /// A turn should be over after this time.
    static final Duration TURN_MAX = Duration.ofMillis(20);

    private static final Logger LOG = System.getLogger("org.stratumj.service");

    private final Listeners listeners;

    TurnWatch(Listeners listeners) {
        this.listeners = listeners;
    }

    /// A turn is over.
    void took(Connection connection, long nanos) {
        listeners.onTurn(connection.id(), Duration.ofNanos(nanos));
        if (nanos > TURN_MAX.toNanos()) {
            LOG.log(
                    Level.WARNING,
                    () -> connection + ": the handler held its lane for " + nanos / 1_000_000
                            + " ms; one that has to wait should say that it may block");
        }
    }
}
