package org.stratumj.protocol.extension.negotiation;

import java.util.List;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.U16;

/// Extensions both sides may use from now on. Answers [RequestExtensions].
///
/// Server → client. Spec: ext 0x0001 §2.
///
/// @param requestId copied from the request, U16
/// @param supportedExtensions accepted subset, `SEQ0_64K[U16]`
@Message(type = 0x01, extension = 1, name = "RequestExtensions.Success")
public record RequestExtensionsSuccess(
        @U16 int requestId, @Seq064K List<@U16 Integer> supportedExtensions) implements NegotiationToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public RequestExtensionsSuccess {
        Range.u16(requestId, "requestId");
        supportedExtensions = Range.seq064k(supportedExtensions, Range::u16, "supportedExtensions");
    }
}
