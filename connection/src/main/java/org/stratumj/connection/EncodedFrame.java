package org.stratumj.connection;

import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.frame.Frame;

/// A message encoded once, to be sealed for many connections. Immutable, shared between lanes.
///
/// @param frame     header and plaintext payload
/// @param forwarded whether another made it, so that it goes out although its extension is not known here
public record EncodedFrame(Frame frame, boolean forwarded) {

    /// @throws IllegalArgumentException if it is forwarded, and not about a channel or of no extension
    public EncodedFrame {
        boolean known = frame.header().extensionType() <= ExtensionType.NEGOTIATION;
        if (forwarded && (known || frame.channelId().isEmpty())) {
            throw new IllegalArgumentException(
                    "only messages about a channel, of an unknown extension, are forwarded: " + frame.header());
        }
    }

    /// Encodes a message of the core protocol or of an extension that stratumj knows.
    ///
    /// @throws IllegalArgumentException if it is of another extension, or larger than a frame can be
    public static EncodedFrame of(Sv2Message message) {
        return new EncodedFrame(MessageRegistry.core().encode(message), false);
    }

    /// What a proxy that is not the endpoint of a channel sends on for it: nothing but the channel id changes. When
    /// another endpoint comes to stand behind a channel that carried such messages, `ChannelEndpointChanged` is due
    /// to the client. Spec: 03 §3.4.1, §3.6.4.
    ///
    /// @param message   as it came
    /// @param channelId the id of the channel on the connection that it goes out on, U32
    /// @throws IllegalArgumentException if it is not about a channel, or not of an unknown extension
    public static EncodedFrame forwarding(UnknownMessage message, long channelId) {
        UnknownMessage mapped = message.channelId().isPresent() ? message.withChannelId(channelId) : message;
        return new EncodedFrame(mapped.frame(), true);
    }
}
