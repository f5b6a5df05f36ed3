package org.stratumj.protocol.mining;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U16;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// A request for a channel whose jobs come as coinbase parts, for a client that rolls extranonce bytes. Answered
/// by [OpenExtendedMiningChannelSuccess] or [OpenMiningChannelError].
///
/// Client → server. Spec: 05 §5.3.4.
///
/// @param requestId client-chosen; echo to pair the reply; unique on the connection, U32
/// @param userIdentity opaque bytes identifying/authorising the user; UTF-8 advised, STR0_255
/// @param nominalHashRate expected h/s on the channel; a proxy with no miners sends 0.0, F32
/// @param maxTarget easiest target the device accepts; server honours it or errors, U256
/// @param minExtranonceSize fewest rollable extranonce bytes the client needs, U16
@Message(type = 0x13)
public record OpenExtendedMiningChannel(
        @U32 long requestId,
        Str0255 userIdentity,
        float nominalHashRate,
        U256 maxTarget,
        @U16 int minExtranonceSize) implements MiningToServer {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public OpenExtendedMiningChannel {
        Range.u32(requestId, "requestId");
        Range.f32(nominalHashRate, "nominalHashRate");
        Range.u16(minExtranonceSize, "minExtranonceSize");
    }
}
