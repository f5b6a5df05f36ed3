package org.stratumj.protocol.jobdeclaration;

import org.stratumj.protocol.wire.B0255;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U32;

/// A declared job is acceptable. Answers [DeclareMiningJob].
///
/// Server → client. Spec: 06 §6.4.5.
///
/// @param requestId copied from the request, U32
/// @param newMiningJobToken token to present in SetCustomMiningJob, B0_255
@Message(type = 0x58, name = "DeclareMiningJob.Success")
public record DeclareMiningJobSuccess(
        @U32 long requestId, @B0255 Bytes newMiningJobToken) implements JobDeclarationToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public DeclareMiningJobSuccess {
        Range.u32(requestId, "requestId");
        Range.b0255(newMiningJobToken, "newMiningJobToken");
    }
}
