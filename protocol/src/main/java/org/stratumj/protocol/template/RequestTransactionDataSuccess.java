package org.stratumj.protocol.template;

import java.util.List;
import org.stratumj.protocol.wire.B016M;
import org.stratumj.protocol.wire.B064K;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.U64;

/// The transactions of a template. Answers [RequestTransactionData].
///
/// Server → client. Spec: 07 §7.5.
///
/// @param templateId template answered, U64
/// @param excessData opaque; never parsed by the Job Declarator, B0_64K
/// @param transactionList every non-coinbase transaction, opaque blobs, template order, `SEQ0_64K[B0_16M]`
@Message(type = 0x74, name = "RequestTransactionData.Success")
public record RequestTransactionDataSuccess(
        @U64 long templateId,
        @B064K Bytes excessData,
        @Seq064K List<@B016M Bytes> transactionList) implements TemplateToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public RequestTransactionDataSuccess {
        Range.b064k(excessData, "excessData");
        transactionList = Range.seq064k(transactionList, Range::b016m, "transactionList");
    }
}
