package org.stratumj.protocol.mining;

import java.util.List;
import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.B0255;
import org.stratumj.protocol.wire.B064K;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq0255;
import org.stratumj.protocol.wire.SpecName;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// A job the client made itself, proposed for an extended channel. Answered by [SetCustomMiningJobSuccess] or
/// [SetCustomMiningJobError].
///
/// Client → server. Spec: 05 §5.3.18.
///
/// @param channelId extended channel (prose also allows a group), U32
/// @param requestId client-chosen; echo to pair the reply, U32
/// @param miningJobToken token from JDS, B0_255
/// @param version nVersion; BIP323 bits free, U32
/// @param prevHash header field, U256
/// @param minNTime smallest nTime, U32
/// @param nBits header field, U32
/// @param coinbaseTxVersion coinbase nVersion, U32
/// @param coinbasePrefix at most 8 bytes, start of scriptSig, B0_255
/// @param coinbaseTxInputNSequence coinbase input nSequence, U32
/// @param coinbaseTxOutputs CompactSize count followed by consensus-serialised outputs, B0_64K
/// @param coinbaseTxLocktime coinbase nLockTime, U32
/// @param merklePath sibling hashes, deepest first, `SEQ0_255[U256]`
@Message(type = 0x22, channel = true)
public record SetCustomMiningJob(
        @U32 long channelId,
        @U32 long requestId,
        @B0255 Bytes miningJobToken,
        @U32 long version,
        U256 prevHash,
        @SpecName("min_ntime") @U32 long minNTime,
        @SpecName("nbits") @U32 long nBits,
        @U32 long coinbaseTxVersion,
        @B0255 Bytes coinbasePrefix,
        @SpecName("coinbase_tx_input_nSequence") @U32 long coinbaseTxInputNSequence,
        @B064K Bytes coinbaseTxOutputs,
        @U32 long coinbaseTxLocktime,
        @Seq0255 List<U256> merklePath)
        implements MiningToServer, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetCustomMiningJob {
        Range.u32(channelId, "channelId");
        Range.u32(requestId, "requestId");
        Range.b0255(miningJobToken, "miningJobToken");
        Range.u32(version, "version");
        Range.u32(minNTime, "minNTime");
        Range.u32(nBits, "nBits");
        Range.u32(coinbaseTxVersion, "coinbaseTxVersion");
        Range.b0255(coinbasePrefix, "coinbasePrefix");
        Range.u32(coinbaseTxInputNSequence, "coinbaseTxInputNSequence");
        Range.b064k(coinbaseTxOutputs, "coinbaseTxOutputs");
        Range.u32(coinbaseTxLocktime, "coinbaseTxLocktime");
        merklePath = Range.seq0255(merklePath, "merklePath");
    }
}
