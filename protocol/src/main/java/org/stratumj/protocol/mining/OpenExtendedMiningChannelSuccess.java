package org.stratumj.protocol.mining;

import org.stratumj.protocol.wire.B032;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U16;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// An extended channel is open. Answers [OpenExtendedMiningChannel].
///
/// Server → client. Spec: 05 §5.3.5.
///
/// @param requestId copied from the request, U32
/// @param channelId new id, constant for the connection, U32
/// @param target initial target, U256
/// @param extranonceSize rollable bytes granted (excludes the prefix), U16
/// @param extranoncePrefix fixed leading extranonce bytes, B0_32
/// @param groupChannelId group the channel joins (new since 2025-12), U32
@Message(type = 0x14, name = "OpenExtendedMiningChannel.Success")
public record OpenExtendedMiningChannelSuccess(
        @U32 long requestId,
        @U32 long channelId,
        U256 target,
        @U16 int extranonceSize,
        @B032 Bytes extranoncePrefix,
        @U32 long groupChannelId)
        implements MiningToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public OpenExtendedMiningChannelSuccess {
        Range.u32(requestId, "requestId");
        Range.u32(channelId, "channelId");
        Range.u16(extranonceSize, "extranonceSize");
        Range.b032(extranoncePrefix, "extranoncePrefix");
        Range.u32(groupChannelId, "groupChannelId");
    }
}
