package org.stratumj.protocol.jobdeclaration;

import org.stratumj.protocol.wire.B064K;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U32;

/// A declared job is refused. Answers [DeclareMiningJob].
///
/// Server → client. Spec: 06 §6.4.6.
///
/// @param requestId copied from the request, U32
/// @param errorCode reason string, STR0_255
/// @param errorDetails optional free-form detail, B0_64K
@Message(type = 0x59, name = "DeclareMiningJob.Error")
public record DeclareMiningJobError(
        @U32 long requestId, Str0255 errorCode, @B064K Bytes errorDetails) implements JobDeclarationToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public DeclareMiningJobError {
        Range.u32(requestId, "requestId");
        Range.b064k(errorDetails, "errorDetails");
    }
}
