package org.stratumj.protocol.mining;

import java.util.List;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.U32;

/// Channels join a group, so that one message reaches them all.
///
/// Server → client. Spec: 05 §5.3.22.
///
/// @param groupChannelId group id, same number space as channel ids, U32
/// @param channelIds open channels (standard or extended) that move into the group, `SEQ0_64K[U32]`
@Message(type = 0x25)
public record SetGroupChannel(
        @U32 long groupChannelId, @Seq064K List<@U32 Long> channelIds) implements MiningToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetGroupChannel {
        Range.u32(groupChannelId, "groupChannelId");
        channelIds = Range.seq064k(channelIds, Range::u32, "channelIds");
    }
}
