package org.stratumj.protocol.common;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U32;

/// What a channel leads to has changed: extensions are negotiated anew on it.
///
/// Server → client. Spec: 03 §3.6.4.
///
/// @param channelId channel whose endpoint changed; receiver drops extension state for it, U32
@Message(type = 0x03, channel = true)
public record ChannelEndpointChanged(@U32 long channelId) implements CommonToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public ChannelEndpointChanged {
        Range.u32(channelId, "channelId");
    }
}
