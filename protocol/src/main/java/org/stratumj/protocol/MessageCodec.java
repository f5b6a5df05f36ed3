package org.stratumj.protocol;

import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.WireReader;
import org.stratumj.protocol.wire.WireWriter;

/// Turns messages of one type into payload bytes and back. Generated for each record annotated with
/// [org.stratumj.protocol.wire.Message]; stateless, for any thread.
///
/// @param <M> the message's record
public interface MessageCodec<M extends Sv2Message> {
    /// The message's record.
    Class<M> messageClass();

    /// The message as data.
    Layout layout();

    /// The payload's size in bytes; it may be more than a frame can carry.
    long payloadSize(M message);

    /// Writes the payload.
    void write(M message, WireWriter out);

    /// Reads a payload. What follows the last field is left unread.
    ///
    /// @throws org.stratumj.protocol.wire.DecodeException if the bytes are not a payload of this type
    M read(WireReader in);
}
