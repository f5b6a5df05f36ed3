package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.B032;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.SpecName;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U32;

/// One share found on an extended channel. Answered by [SubmitSharesSuccess] or [SubmitSharesError].
///
/// Client → server. Spec: 05 §5.3.12.
///
/// @param channelId channel, U32
/// @param sequenceNumber client counter, unique per channel, U32
/// @param jobId job solved, U32
/// @param nonce header nonce, U32
/// @param nTime header nTime; min_ntime ≤ ntime ≤ min_ntime + seconds since SetNewPrevHash arrived, U32
/// @param version complete nVersion used, U32
/// @param extranonce rolled bytes; length must equal the negotiated extranonce_size, B0_32
/// @param tlvs the fields that negotiated extensions append
@Message(type = 0x1b, channel = true)
public record SubmitSharesExtended(
        @U32 long channelId,
        @U32 long sequenceNumber,
        @U32 long jobId,
        @U32 long nonce,
        @SpecName("ntime") @U32 long nTime,
        @U32 long version,
        @B032 Bytes extranonce,
        Tlvs tlvs)
        implements MiningToServer, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SubmitSharesExtended {
        Range.u32(channelId, "channelId");
        Range.u32(sequenceNumber, "sequenceNumber");
        Range.u32(jobId, "jobId");
        Range.u32(nonce, "nonce");
        Range.u32(nTime, "nTime");
        Range.u32(version, "version");
        Range.b032(extranonce, "extranonce");
    }

    /// A share without TLV fields.
    ///
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SubmitSharesExtended(
            long channelId, long sequenceNumber, long jobId, long nonce, long nTime, long version, Bytes extranonce) {
        this(channelId, sequenceNumber, jobId, nonce, nTime, version, extranonce, Tlvs.NONE);
    }
}
