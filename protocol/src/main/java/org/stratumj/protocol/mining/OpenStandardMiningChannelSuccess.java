package org.stratumj.protocol.mining;

import org.stratumj.protocol.wire.B032;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// A standard channel is open. Answers [OpenStandardMiningChannel].
///
/// Server → client. Spec: 05 §5.3.3.
///
/// @param requestId copied from the request, U32
/// @param channelId new id, constant for the connection, U32
/// @param target initial target, U256
/// @param extranoncePrefix whole extranonce used for this channel when a group extended job is converted, B0_32
/// @param groupChannelId group the channel joins, U32
@Message(type = 0x11, name = "OpenStandardMiningChannel.Success")
public record OpenStandardMiningChannelSuccess(
        @U32 long requestId,
        @U32 long channelId,
        U256 target,
        @B032 Bytes extranoncePrefix,
        @U32 long groupChannelId) implements MiningToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public OpenStandardMiningChannelSuccess {
        Range.u32(requestId, "requestId");
        Range.u32(channelId, "channelId");
        Range.b032(extranoncePrefix, "extranoncePrefix");
        Range.u32(groupChannelId, "groupChannelId");
    }
}
