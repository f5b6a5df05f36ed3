package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U32;

/// An update is refused. Answers [UpdateChannel].
///
/// Server → client. Spec: 05 §5.3.8.
///
/// @param channelId channel, U32
/// @param errorCode reason string, STR0_255
@Message(type = 0x17, channel = true, name = "UpdateChannel.Error")
public record UpdateChannelError(@U32 long channelId, Str0255 errorCode) implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public UpdateChannelError {
        Range.u32(channelId, "channelId");
    }
}
