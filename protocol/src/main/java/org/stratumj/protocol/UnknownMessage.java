package org.stratumj.protocol;

import java.util.OptionalLong;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;

/// A message of a type that the registry does not know, kept as bytes. It can be encoded again unchanged.
///
/// One of an unknown extension is dropped silently if it is meant for this peer, and forwarded by a proxy if
/// it is about a channel. Spec: 03 §3.4.1.
///
/// @param extensionType  the extension, 0..0x7fff
/// @param channelMessage the channel bit
/// @param messageType    the message type, U8
/// @param payload        the payload, 0..16,777,215 bytes
public record UnknownMessage(int extensionType, boolean channelMessage, int messageType, Bytes payload)
        implements Sv2Message {
    private static final int CHANNEL_ID_SIZE = 4;

    /// @throws IllegalArgumentException if a value is outside its range
    public UnknownMessage {
        Range.u15(extensionType, "extensionType");
        Range.u8(messageType, "messageType");
        Range.b016m(payload, "payload");
    }

    /// The frame that carries it.
    public Frame frame() {
        return new Frame(new FrameHeader(extensionType, channelMessage, messageType, payload.size()), payload);
    }

    /// The channel id at the start of the payload; empty if the channel bit is clear or the payload too short for one.
    public OptionalLong channelId() {
        return frame().channelId();
    }

    /// The same message for another channel id, as a proxy forwards it: nothing else changes.
    ///
    /// @param channelId U32
    /// @throws IllegalStateException if there is no channel id to replace
    public UnknownMessage withChannelId(long channelId) {
        if (channelId().isEmpty()) {
            throw new IllegalStateException("no channel id in " + this);
        }
        var id = Bytes.written(CHANNEL_ID_SIZE, writer -> writer.u32(channelId));
        var mapped = id.concat(payload.slice(CHANNEL_ID_SIZE, payload.size()));
        return new UnknownMessage(extensionType, true, messageType, mapped);
    }
}
