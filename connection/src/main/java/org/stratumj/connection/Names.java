package org.stratumj.connection;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;

/// Messages by name, for logs and reasons.
final class Names {
    private Names() {}

    /// With the channel, if it is about one.
    static String withChannel(Sv2Message message) {
        return message instanceof ChannelMessage channel
                ? of(message) + ", channel " + channel.channelId()
                : of(message);
    }

    static String of(Sv2Message message) {
        return message instanceof UnknownMessage unknown
                ? "a message of unknown type 0x%02x, extension 0x%04x"
                        .formatted(unknown.messageType(), unknown.extensionType())
                : message.getClass().getSimpleName();
    }
}
