package org.stratumj.protocol.mining;

import java.util.List;
import java.util.OptionalLong;
import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.B064K;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq0255;
import org.stratumj.protocol.wire.SpecName;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// A job for an extended channel or a group: coinbase parts and a merkle path, from which the receiver builds
/// headers.
///
/// Server → client. Spec: 05 §5.3.16.
///
/// @param channelId extended channel, or group id for a broadcast, U32
/// @param jobId server id, unique among valid jobs of the channel, U32
/// @param minNTime empty = future job; set = active at once, `OPTION[U32]`
/// @param version nVersion, U32
/// @param versionRollingAllowed false = version must be used unchanged
/// @param merklePath sibling hashes, deepest first, `SEQ0_255[U256]`
/// @param coinbaseTxPrefix coinbase bytes before the extranonce, BIP141 fields removed, B0_64K
/// @param coinbaseTxSuffix coinbase bytes after the extranonce, BIP141 fields removed, B0_64K
@Message(type = 0x1f, channel = true)
public record NewExtendedMiningJob(
        @U32 long channelId,
        @U32 long jobId,
        @SpecName("min_ntime") @U32 OptionalLong minNTime,
        @U32 long version,
        boolean versionRollingAllowed,
        @Seq0255 List<U256> merklePath,
        @B064K Bytes coinbaseTxPrefix,
        @B064K Bytes coinbaseTxSuffix)
        implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public NewExtendedMiningJob {
        Range.u32(channelId, "channelId");
        Range.u32(jobId, "jobId");
        Range.u32(minNTime, "minNTime");
        Range.u32(version, "version");
        merklePath = Range.seq0255(merklePath, "merklePath");
        Range.b064k(coinbaseTxPrefix, "coinbaseTxPrefix");
        Range.b064k(coinbaseTxSuffix, "coinbaseTxSuffix");
    }
}
