package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U32;

/// One share is rejected. Answers [SubmitSharesStandard] and [SubmitSharesExtended].
///
/// Server → client. Spec: 05 §5.3.14.
///
/// @param channelId channel, U32
/// @param sequenceNumber the rejected submit, U32
/// @param errorCode reason string, STR0_255
@Message(type = 0x1d, channel = true, name = "SubmitShares.Error")
public record SubmitSharesError(@U32 long channelId, @U32 long sequenceNumber, Str0255 errorCode)
        implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SubmitSharesError {
        Range.u32(channelId, "channelId");
        Range.u32(sequenceNumber, "sequenceNumber");
    }
}
