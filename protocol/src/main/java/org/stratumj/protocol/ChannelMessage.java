package org.stratumj.protocol;

/// A message about one channel or group: its frame has the channel bit set. Spec: 03 §3.2.1.
public interface ChannelMessage {
    /// The channel's or group's id on this connection, U32; the message's first field.
    long channelId();
}
