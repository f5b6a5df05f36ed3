package org.stratumj.protocol.extension.negotiation;

import java.util.List;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.U16;

/// Extensions are not supported, or others are required. Answers [RequestExtensions].
///
/// Server → client. Spec: ext 0x0001 §2.
///
/// @param requestId copied from the request, U16
/// @param unsupportedExtensions requested ids not supported, `SEQ0_64K[U16]`
/// @param requiredExtensions ids the server insists on but were not requested, `SEQ0_64K[U16]`
@Message(type = 0x02, extension = 1, name = "RequestExtensions.Error")
public record RequestExtensionsError(
        @U16 int requestId,
        @Seq064K List<@U16 Integer> unsupportedExtensions,
        @Seq064K List<@U16 Integer> requiredExtensions)
        implements NegotiationToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public RequestExtensionsError {
        Range.u16(requestId, "requestId");
        unsupportedExtensions = Range.seq064k(unsupportedExtensions, Range::u16, "unsupportedExtensions");
        requiredExtensions = Range.seq064k(requiredExtensions, Range::u16, "requiredExtensions");
    }
}
