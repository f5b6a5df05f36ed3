package org.stratumj.connection;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The last messages of a connection, oldest first: what somebody who asks why it ended wants to see. No content, only
/// the numbers that a message begins with. Immutable, for any thread.
///
/// @param entries the messages
/// @param earlier how many there were before them
public record Flight(List<Entry> entries, long earlier) {
    /// Nothing was remembered.
    public static final Flight EMPTY = new Flight(List.of(), 0);

    /// Makes a copy of `entries`.
    public Flight {
        entries = List.copyOf(entries);
    }

    /// One message.
    ///
    /// @param received     whether it came from the peer
    /// @param at           when, since the connection was set up
    /// @param message      its name in the specification, or its numbers if it is not known
    /// @param payloadBytes the size of its payload in bytes
    /// @param numbers      the U32 fields it begins with, two at most, as `channel 3, sequence number 17`; may be
    ///     empty
    public record Entry(boolean received, Duration at, String message, int payloadBytes, String numbers) {

        /// One line for a log.
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%12.6f s %s %s, %d bytes%s",
                    at.toNanos() / 1e9,
                    received ? "in " : "out",
                    message,
                    payloadBytes,
                    numbers.isEmpty() ? "" : ", " + numbers);
        }
    }

    /// A line for each message.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(System.lineSeparator()).append(entry));
        return text.toString();
    }
}
