package org.stratumj.protocol.mining;

import java.util.OptionalLong;
import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.SpecName;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// A job for one standard channel: a header that lacks the previous hash, time and nonce.
///
/// Server → client. Spec: 05 §5.3.15.
///
/// @param channelId must be a standard channel, U32
/// @param jobId server id, unique among valid jobs of the channel, U32
/// @param minNTime empty = future job; set = start at once with this initial nTime and the last prev_hash,
///   `OPTION[U32]`
/// @param version nVersion; BIP323 bits free to roll, U32
/// @param merkleRoot header field, fixed, U256
@Message(type = 0x15, channel = true)
public record NewMiningJob(
        @U32 long channelId,
        @U32 long jobId,
        @SpecName("min_ntime") @U32 OptionalLong minNTime,
        @U32 long version,
        U256 merkleRoot)
        implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public NewMiningJob {
        Range.u32(channelId, "channelId");
        Range.u32(jobId, "jobId");
        Range.u32(minNTime, "minNTime");
        Range.u32(version, "version");
    }
}
