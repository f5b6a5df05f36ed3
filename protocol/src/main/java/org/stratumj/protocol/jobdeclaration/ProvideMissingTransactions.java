package org.stratumj.protocol.jobdeclaration;

import java.util.List;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.U16;
import org.stratumj.protocol.wire.U32;

/// The server lacks transactions of a declared job. Answered by [ProvideMissingTransactionsSuccess].
///
/// Server → client. Spec: 06 §6.4.7.
///
/// @param requestId requestId of the DeclareMiningJob, U32
/// @param unknownTxPositionList 0-based positions in wtxid_list (coinbase not counted), `SEQ0_64K[U16]`
@Message(type = 0x55)
public record ProvideMissingTransactions(
        @U32 long requestId, @Seq064K List<@U16 Integer> unknownTxPositionList) implements JobDeclarationToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public ProvideMissingTransactions {
        Range.u32(requestId, "requestId");
        unknownTxPositionList = Range.seq064k(unknownTxPositionList, Range::u16, "unknownTxPositionList");
    }
}
