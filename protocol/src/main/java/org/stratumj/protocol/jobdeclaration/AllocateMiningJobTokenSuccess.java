package org.stratumj.protocol.jobdeclaration;

import org.stratumj.protocol.wire.B0255;
import org.stratumj.protocol.wire.B064K;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U32;

/// A token, and the outputs a job under it has to pay. Answers [AllocateMiningJobToken].
///
/// Server → client. Spec: 06 §6.4.3.
///
/// @param requestId copied from the request, U32
/// @param miningJobToken opaque token, B0_255
/// @param coinbaseTxOutputs CompactSize count + outputs; first is the pool payout output, value 0, B0_64K
@Message(type = 0x51, name = "AllocateMiningJobToken.Success")
public record AllocateMiningJobTokenSuccess(
        @U32 long requestId,
        @B0255 Bytes miningJobToken,
        @B064K Bytes coinbaseTxOutputs) implements JobDeclarationToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public AllocateMiningJobTokenSuccess {
        Range.u32(requestId, "requestId");
        Range.b0255(miningJobToken, "miningJobToken");
        Range.b064k(coinbaseTxOutputs, "coinbaseTxOutputs");
    }
}
