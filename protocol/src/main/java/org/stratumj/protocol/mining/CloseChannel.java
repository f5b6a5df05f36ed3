package org.stratumj.protocol.mining;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U32;

/// A channel ends, or every channel of a group. Either side sends it; there is no answer.
///
/// Both directions. Spec: 05 §5.3.9.
///
/// @param channelId channel, or a group id to close every member, U32
/// @param reasonCode reason; same character rules as error codes, STR0_255
@Message(type = 0x18, channel = true)
public record CloseChannel(@U32 long channelId, Str0255 reasonCode)
        implements MiningToServer, MiningToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public CloseChannel {
        Range.u32(channelId, "channelId");
    }
}
