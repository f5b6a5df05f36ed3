package org.stratumj.protocol.frame;

import java.util.OptionalLong;
import org.stratumj.protocol.wire.Bytes;

/// One message as bytes: header and payload, in plaintext. Immutable, so it is encoded once and sent to many.
/// Spec: 03 §3.2.
///
/// @param header  what the payload is
/// @param payload as many bytes as the header says
public record Frame(FrameHeader header, Bytes payload) {
    private static final int CHANNEL_ID_SIZE = 4;

    /// @throws IllegalArgumentException if the header announces another length
    public Frame {
        if (header.payloadLength() != payload.size()) {
            throw new IllegalArgumentException(
                    "header says " + header.payloadLength() + " bytes, payload has " + payload.size());
        }
    }

    /// The channel id at the start of the payload; empty if the channel bit is clear or the payload too short for one.
    public OptionalLong channelId() {
        if (!header.channelMessage() || payload.size() < CHANNEL_ID_SIZE) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(payload.reader("Frame").u32("channel_id"));
    }

    /// The size in plaintext bytes.
    public int size() {
        return header.frameLength();
    }

    /// Header and payload, a fresh copy.
    public byte[] bytes() {
        var bytes = new byte[size()];
        writeTo(bytes, 0);
        return bytes;
    }

    /// Writes header and payload into `target` from `offset` on.
    ///
    /// @throws IndexOutOfBoundsException if `target` is too short
    public void writeTo(byte[] target, int offset) {
        header.writeTo(target, offset);
        payload.writeTo(target, offset + FrameHeader.SIZE);
    }
}
