package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// The hash rate or the wanted target of a channel has changed. There is no answer on success; a new target
/// comes as [SetTarget], a refusal as [UpdateChannelError].
///
/// Client → server. Spec: 05 §5.3.7.
///
/// @param channelId channel, U32
/// @param nominalHashRate as in the open request, F32
/// @param maximumTarget requested cap; answered later by SetTarget, U256
@Message(type = 0x16, channel = true)
public record UpdateChannel(@U32 long channelId, float nominalHashRate, U256 maximumTarget)
        implements MiningToServer, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public UpdateChannel {
        Range.u32(channelId, "channelId");
        Range.f32(nominalHashRate, "nominalHashRate");
    }
}
