package org.stratumj.connection;

import java.util.concurrent.atomic.AtomicLong;

/// Names a connection in logs and registries: unique in this process, never reused, from 1.
///
/// @param value the number
public record ConnectionId(long value) {
    private static final AtomicLong LAST = new AtomicLong();

    /// The next unused id. Any thread.
    public static ConnectionId next() {
        return new ConnectionId(LAST.incrementAndGet());
    }

    /// `#` and the number.
    @Override
    public String toString() {
        return "#" + value;
    }
}
