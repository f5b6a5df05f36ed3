package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.B032;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U32;

/// A channel has another extranonce prefix, for each job sent after this message.
///
/// Server → client. Spec: 05 §5.3.10.
///
/// @param channelId standard or extended, never a group, U32
/// @param extranoncePrefix prefix for every job sent after this message, B0_32
@Message(type = 0x19, channel = true)
public record SetExtranoncePrefix(@U32 long channelId, @B032 Bytes extranoncePrefix)
        implements MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetExtranoncePrefix {
        Range.u32(channelId, "channelId");
        Range.b032(extranoncePrefix, "extranoncePrefix");
    }
}
