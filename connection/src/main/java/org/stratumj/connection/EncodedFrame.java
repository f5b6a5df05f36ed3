package org.stratumj.connection;

import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.frame.Frame;

/// A message encoded once, to be sealed for many connections. Immutable, shared between lanes.
///
/// @param frame header and plaintext payload
public record EncodedFrame(Frame frame) {

    /// Encodes a message of the core protocol or of an extension that stratumj knows.
    public static EncodedFrame of(Sv2Message message) {
        if (message instanceof UnknownMessage unknown) {
            return new EncodedFrame(unknown.frame());
        }
        throw new UnsupportedOperationException(message.toString());
    }
}
