package org.stratumj.protocol.mining;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U32;

/// A channel is refused. Answers [OpenStandardMiningChannel] and [OpenExtendedMiningChannel].
///
/// Server → client. Spec: 05 §5.3.6.
///
/// @param requestId copied from the request, U32
/// @param errorCode reason string, STR0_255
@Message(type = 0x12, name = "OpenMiningChannel.Error")
public record OpenMiningChannelError(@U32 long requestId, Str0255 errorCode) implements MiningToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public OpenMiningChannelError {
        Range.u32(requestId, "requestId");
    }
}
