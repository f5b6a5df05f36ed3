package org.stratumj.protocol.jobdeclaration;

import java.util.List;
import org.stratumj.protocol.wire.B016M;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.U32;

/// The transactions asked for. Answers [ProvideMissingTransactions].
///
/// Client → server. Spec: 06 §6.4.8.
///
/// @param requestId requestId of the DeclareMiningJob, U32
/// @param transactionList full transactions in the order asked, `SEQ0_64K[B0_16M]`
@Message(type = 0x56, name = "ProvideMissingTransactions.Success")
public record ProvideMissingTransactionsSuccess(
        @U32 long requestId, @Seq064K List<@B016M Bytes> transactionList) implements JobDeclarationToServer {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public ProvideMissingTransactionsSuccess {
        Range.u32(requestId, "requestId");
        transactionList = Range.seq064k(transactionList, Range::b016m, "transactionList");
    }
}
