package org.stratumj.connection;

import java.util.Optional;
import org.stratumj.protocol.Sv2Message;

/// What becomes of a connection with its first message.
sealed interface Setup {

    /// It is set up.
    ///
    /// @param answer what the peer waits for
    record Accepted(Optional<Sv2Message> answer, NegotiatedSetup setup, String vendor, String deviceId)
            implements Setup {}

    /// It ends.
    ///
    /// @param answer what the peer is told before
    record Failed(Optional<Sv2Message> answer, CloseReason reason) implements Setup {}

    static Setup violation(String text) {
        return new Failed(Optional.empty(), new CloseReason.ProtocolViolation(text));
    }
}
