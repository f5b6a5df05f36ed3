package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// The target of a channel or group has changed.
///
/// Server → client. Spec: 05 §5.3.21.
///
/// @param channelId channel, or group id for all members, U32
/// @param maximumTarget largest hash that counts as a share, U256
@Message(type = 0x21, channel = true)
public record SetTarget(@U32 long channelId, U256 maximumTarget) implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetTarget {
        Range.u32(channelId, "channelId");
    }
}
