package org.stratumj.protocol;

import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.WireReader;

/// Reads the messages of one stream, one after the other, and makes no object for it but the messages themselves.
///
/// Not for use by two threads at once.
public final class MessageReader {
    private static final byte[] NOTHING = {};

    private final MessageRegistry registry;
    private final WireReader reader = new WireReader("", NOTHING, 0, 0);

    MessageReader(MessageRegistry registry) {
        this.registry = registry;
    }

    /// The message whose payload is in a range of an array. The bytes are copied where the message keeps them, and the
    /// array is not kept.
    ///
    /// @param length the header's payload length
    /// @return the message, or an [UnknownMessage] if its type is not registered
    /// @throws DecodeException if the payload is not what its type says
    /// @throws IllegalArgumentException if the header announces another length
    public Sv2Message decode(FrameHeader header, byte[] payload, int offset, int length) {
        try {
            return registry.decode(header, payload, offset, length, reader);
        } finally {
            reader.moveTo("", NOTHING, 0, 0);
        }
    }
}
