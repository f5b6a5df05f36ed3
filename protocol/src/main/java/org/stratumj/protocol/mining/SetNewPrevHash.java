package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.SpecName;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// The chain has a new tip: the named future job is active, and the jobs before it are stale.
///
/// Server → client. Spec: 05 §5.3.17.
///
/// @param channelId channel or group id, U32
/// @param jobId future job to activate, U32
/// @param prevHash header field, U256
/// @param minNTime smallest nTime to hash with, U32
/// @param nBits header field, U32
@Message(type = 0x20, channel = true)
public record SetNewPrevHash(
        @U32 long channelId,
        @U32 long jobId,
        U256 prevHash,
        @SpecName("min_ntime") @U32 long minNTime,
        @SpecName("nbits") @U32 long nBits)
        implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetNewPrevHash {
        Range.u32(channelId, "channelId");
        Range.u32(jobId, "jobId");
        Range.u32(minNTime, "minNTime");
        Range.u32(nBits, "nBits");
    }
}
