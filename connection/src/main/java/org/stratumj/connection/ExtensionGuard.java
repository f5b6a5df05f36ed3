package org.stratumj.connection;

import java.util.List;
import java.util.Set;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.ChannelEndpointChanged;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Tlv;

/// Keeps from the wire what was not agreed on: messages of an extension, and TLV fields. Spec: 03 §3.4.2, extension
/// 0x0001 §1.1.
final class ExtensionGuard {
    /// The one message that TLV fields are defined for.
    private static final Layout SHARE = layout(SubmitSharesExtended.class);

    private static final Layout ENDPOINT_CHANGED = layout(ChannelEndpointChanged.class);

    private ExtensionGuard() {}

    /// @throws IllegalArgumentException if the frame makes use of an extension that is not among those agreed on
    static void check(EncodedFrame frame, Set<Integer> agreed) {
        if (!frame.forwarded()) {
            used(frame.frame()).forEach(extension -> check(extension, agreed));
        }
    }

    private static void check(int extension, Set<Integer> agreed) {
        if (!agreed.contains(extension)) {
            throw new IllegalArgumentException("extension 0x%04x was not agreed on with the peer".formatted(extension));
        }
    }

    /// Whether the frame tells the client that nothing is agreed on any more.
    static boolean voids(Frame frame) {
        return is(ENDPOINT_CHANGED, frame.header());
    }

    private static List<Integer> used(Frame frame) {
        FrameHeader header = frame.header();
        if (header.extensionType() > ExtensionType.NEGOTIATION) {
            return List.of(header.extensionType());
        }
        return is(SHARE, header)
                ? fields(frame).stream().map(Tlv::extensionType).toList()
                : List.of();
    }

    private static List<Tlv> fields(Frame share) {
        try {
            return ((SubmitSharesExtended) MessageRegistry.core().decode(share))
                    .tlvs()
                    .fields();
        } catch (DecodeException e) {
            throw new IllegalArgumentException("no server can read this share: " + e.getMessage(), e);
        }
    }

    private static boolean is(Layout layout, FrameHeader header) {
        return header.extensionType() == layout.extensionType() && header.messageType() == layout.messageType();
    }

    private static Layout layout(Class<? extends Sv2Message> message) {
        return MessageRegistry.core().layouts().stream()
                .filter(layout -> layout.javaName().equals(message.getName()))
                .findFirst()
                .orElseThrow();
    }
}
