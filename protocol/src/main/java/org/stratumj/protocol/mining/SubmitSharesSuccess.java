package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U32;
import org.stratumj.protocol.wire.U64;

/// Shares are accepted, one or a batch. Answers [SubmitSharesStandard] and [SubmitSharesExtended].
///
/// Server → client. Spec: 05 §5.3.13.
///
/// @param channelId channel, U32
/// @param lastSequenceNumber newest sequence number with a correct result, U32
/// @param newSubmitsAcceptedCount accepted submits in this batch only, U32
/// @param newSharesSum sum of difficulty of those submits, U64
@Message(type = 0x1c, channel = true, name = "SubmitShares.Success")
public record SubmitSharesSuccess(
        @U32 long channelId,
        @U32 long lastSequenceNumber,
        @U32 long newSubmitsAcceptedCount,
        @U64 long newSharesSum) implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SubmitSharesSuccess {
        Range.u32(channelId, "channelId");
        Range.u32(lastSequenceNumber, "lastSequenceNumber");
        Range.u32(newSubmitsAcceptedCount, "newSubmitsAcceptedCount");
    }
}
