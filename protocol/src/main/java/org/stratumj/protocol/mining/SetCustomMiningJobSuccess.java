package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U32;

/// The server will pay for a custom job. Answers [SetCustomMiningJob].
///
/// Server → client. Spec: 05 §5.3.19.
///
/// @param channelId channel, U32
/// @param requestId copied from the request, U32
/// @param jobId id to use in SubmitSharesExtended, U32
@Message(type = 0x23, channel = true, name = "SetCustomMiningJob.Success")
public record SetCustomMiningJobSuccess(
        @U32 long channelId, @U32 long requestId, @U32 long jobId) implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetCustomMiningJobSuccess {
        Range.u32(channelId, "channelId");
        Range.u32(requestId, "requestId");
        Range.u32(jobId, "jobId");
    }
}
