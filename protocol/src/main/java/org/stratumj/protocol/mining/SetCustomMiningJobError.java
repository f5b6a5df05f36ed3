package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U32;

/// A custom job is refused. Answers [SetCustomMiningJob].
///
/// Server → client. Spec: 05 §5.3.20.
///
/// @param channelId channel, U32
/// @param requestId copied from the request, U32
/// @param errorCode reason string, STR0_255
@Message(type = 0x24, channel = true, name = "SetCustomMiningJob.Error")
public record SetCustomMiningJobError(
        @U32 long channelId, @U32 long requestId, Str0255 errorCode) implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetCustomMiningJobError {
        Range.u32(channelId, "channelId");
        Range.u32(requestId, "requestId");
    }
}
