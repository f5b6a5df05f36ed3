package org.stratumj.protocol.mining;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// A request for a channel whose jobs come as headers, for a device that rolls header fields only. Answered by
/// [OpenStandardMiningChannelSuccess] or [OpenMiningChannelError].
///
/// Client → server. Spec: 05 §5.3.2.
///
/// @param requestId client-chosen; echo to pair the reply; unique on the connection, U32
/// @param userIdentity opaque bytes identifying/authorising the user; UTF-8 advised, STR0_255
/// @param nominalHashRate expected h/s on the channel; a proxy with no miners sends 0.0, F32
/// @param maxTarget easiest target the device accepts; server honours it or errors, U256
@Message(type = 0x10)
public record OpenStandardMiningChannel(
        @U32 long requestId, Str0255 userIdentity, float nominalHashRate, U256 maxTarget) implements MiningToServer {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public OpenStandardMiningChannel {
        Range.u32(requestId, "requestId");
        Range.f32(nominalHashRate, "nominalHashRate");
    }
}
