package org.stratumj.protocol.jobdeclaration;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U32;

/// A request for a token, which lets the client make one job. Answered by [AllocateMiningJobTokenSuccess].
///
/// Client → server. Spec: 06 §6.4.2.
///
/// @param userIdentifier opaque bytes; UTF-8 advised, STR0_255
/// @param requestId client-chosen; echo to pair the reply, U32
@Message(type = 0x50)
public record AllocateMiningJobToken(
        Str0255 userIdentifier, @U32 long requestId) implements JobDeclarationToServer {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public AllocateMiningJobToken {
        Range.u32(requestId, "requestId");
    }
}
