package org.stratumj.protocol.extension.negotiation;

import java.util.List;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.U16;

/// A request to use extensions, sent directly after the connection is set up. Answered by
/// [RequestExtensionsSuccess], [RequestExtensionsError], or not at all by a server that knows no extensions.
///
/// Client → server. Spec: ext 0x0001 §2.
///
/// @param requestId client-chosen; echo to pair the reply (U16, unlike the core), U16
/// @param requestedExtensions extension ids wanted, `SEQ0_64K[U16]`
@Message(type = 0x00, extension = 1)
public record RequestExtensions(@U16 int requestId, @Seq064K List<@U16 Integer> requestedExtensions)
        implements NegotiationToServer {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public RequestExtensions {
        Range.u16(requestId, "requestId");
        requestedExtensions = Range.seq064k(requestedExtensions, Range::u16, "requestedExtensions");
    }
}
