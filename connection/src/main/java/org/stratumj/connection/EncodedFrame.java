package org.stratumj.connection;

import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.Frame;

/// A message encoded once, to be sealed for many connections. Immutable, shared between lanes.
///
/// @param frame header and plaintext payload
public record EncodedFrame(Frame frame) {

    /// Encodes a message of the core protocol or of an extension that stratumj knows.
    ///
    /// @throws IllegalArgumentException if it is of another extension, or larger than a frame can be
    public static EncodedFrame of(Sv2Message message) {
        return new EncodedFrame(MessageRegistry.core().encode(message));
    }
}
