package org.stratumj.protocol.jobdeclaration;

import java.util.List;
import org.stratumj.protocol.wire.B0255;
import org.stratumj.protocol.wire.B064K;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// A job with all its transactions, shown to the server before it is mined. Answered by
/// [DeclareMiningJobSuccess], [DeclareMiningJobError], or first by [ProvideMissingTransactions].
///
/// Client → server. Spec: 06 §6.4.4.
///
/// @param requestId client-chosen; echo to pair the reply, U32
/// @param miningJobToken token from AllocateMiningJobToken.Success, B0_255
/// @param version nVersion before BIP323 rolling, U32
/// @param coinbaseTxPrefix coinbase before the full extranonce, BIP141 fields kept, B0_64K
/// @param coinbaseTxSuffix coinbase after the full extranonce, BIP141 fields kept, B0_64K
/// @param wtxidList wtxids of the template, coinbase excluded, `SEQ0_64K[U256]`
/// @param excessData opaque, relayed from RequestTransactionData.Success, B0_64K
@Message(type = 0x57)
public record DeclareMiningJob(
        @U32 long requestId,
        @B0255 Bytes miningJobToken,
        @U32 long version,
        @B064K Bytes coinbaseTxPrefix,
        @B064K Bytes coinbaseTxSuffix,
        @Seq064K List<U256> wtxidList,
        @B064K Bytes excessData)
        implements JobDeclarationToServer {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public DeclareMiningJob {
        Range.u32(requestId, "requestId");
        Range.b0255(miningJobToken, "miningJobToken");
        Range.u32(version, "version");
        Range.b064k(coinbaseTxPrefix, "coinbaseTxPrefix");
        Range.b064k(coinbaseTxSuffix, "coinbaseTxSuffix");
        wtxidList = Range.seq064k(wtxidList, "wtxidList");
        Range.b064k(excessData, "excessData");
    }
}
