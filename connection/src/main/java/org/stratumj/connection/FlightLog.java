package org.stratumj.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Where connections that ended for a fault write what went before, one for all connections of an endpoint. A flood of
/// faults must not become a flood of lines: one is written out per [#EVERY], the others are counted. Any thread.
final class FlightLog {
    /// The shortest time between two.
    static final Duration EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger("org.stratumj.connection");
    private static final long NOT_DUE = -1;

    private boolean begun;
    private long last;
    private long leftOut;

    /// Writes out `flight`, if it is not too soon.
    ///
    /// @param now monotonic, in nanoseconds
    void write(Object connection, Flight flight, long now) {
        if (flight.entries().isEmpty()) {
            return;
        }
        long before = due(now);
        if (before != NOT_DUE) {
            String others = before == 0 ? "" : " (" + before + " other connections left out)";
            LOG.log(
                    Level.INFO,
                    () -> connection + ": the last " + flight.entries().size() + " messages, after " + flight.earlier()
                            + " others" + others + flight);
        }
    }

    /// @return how many were left out since the last one that was written; [#NOT_DUE] if this one is as well
    private synchronized long due(long now) {
        if (begun && now - last < EVERY.toNanos()) {
            leftOut++;
            return NOT_DUE;
        }
        long before = leftOut;
        begun = true;
        last = now;
        leftOut = 0;
        return before;
    }
}
