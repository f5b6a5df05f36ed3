package org.stratumj.codec;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Range;

/// The largest payload taken from a peer, per message type. Immutable.
///
/// A known type is allowed what its fields can hold and [#TRAILING_BYTES_MAX] for what extensions append; any
/// other type [#OTHER_PAYLOAD_BYTES_MAX], or what is configured. The specification sets no limit below
/// 16,777,215 bytes.
public final class FrameLimits {
    /// Room after the last field: TLV fields, and bytes of a newer version that have to be ignored.
    public static final int TRAILING_BYTES_MAX = 1024;

    /// The largest payload of a type that is not known, unless configured otherwise.
    public static final int OTHER_PAYLOAD_BYTES_MAX = 65_535;

    private static final int MSG_LENGTH_OFFSET = 3;

    private final Map<Integer, Integer> payloadBytesMaxByType;
    private final int otherPayloadBytesMax;
    private final int payloadBytesMax;

    private FrameLimits(Map<Integer, Integer> payloadBytesMaxByType, int otherPayloadBytesMax, int payloadBytesMax) {
        this.payloadBytesMaxByType = payloadBytesMaxByType;
        this.otherPayloadBytesMax = Range.u24(otherPayloadBytesMax, "otherPayloadBytesMax");
        this.payloadBytesMax = Range.u24(payloadBytesMax, "payloadBytesMax");
    }

    /// Limits for a peer that may send every message of a registry.
    public static FrameLimits of(MessageRegistry registry) {
        return of(registry.layouts());
    }

    /// Limits for a peer that may send these messages.
    public static FrameLimits of(Collection<Layout> expected) {
        var byType = new HashMap<Integer, Integer>();
        for (var layout : expected) {
            int max = Math.min(layout.payloadBytesMax() + TRAILING_BYTES_MAX, FrameHeader.PAYLOAD_BYTES_MAX);
            byType.put(key(layout.extensionType(), layout.messageType()), max);
        }
        return new FrameLimits(Map.copyOf(byType), OTHER_PAYLOAD_BYTES_MAX, FrameHeader.PAYLOAD_BYTES_MAX);
    }

    /// These limits with another one for types that are not known.
    ///
    /// @throws IllegalArgumentException if it is not 0 to 16,777,215
    public FrameLimits withOtherPayloadBytesMax(int otherPayloadBytesMax) {
        return new FrameLimits(payloadBytesMaxByType, otherPayloadBytesMax, payloadBytesMax);
    }

    /// These limits with none above `payloadBytesMax`.
    ///
    /// @throws IllegalArgumentException if it is not 0 to 16,777,215
    public FrameLimits withPayloadBytesMax(int payloadBytesMax) {
        return new FrameLimits(payloadBytesMaxByType, otherPayloadBytesMax, payloadBytesMax);
    }

    /// The largest payload of a message type in bytes.
    public int payloadBytesMax(int extensionType, int messageType) {
        var ofType = payloadBytesMaxByType.get(key(extensionType, messageType));
        return Math.min(ofType == null ? otherPayloadBytesMax : ofType, payloadBytesMax);
    }

    /// Checks the payload length that a header announces.
    ///
    /// @throws DecodeException if it is above the limit; the stream cannot be followed any further
    void check(FrameHeader header) {
        int max = payloadBytesMax(header.extensionType(), header.messageType());
        if (header.payloadLength() > max) {
            throw new DecodeException(
                    DecodeException.Reason.FRAME_TOO_LONG,
                    "Frame",
                    "msg_length",
                    MSG_LENGTH_OFFSET,
                    "%d bytes of type 0x%02x, extension 0x%04x; at most %d"
                            .formatted(header.payloadLength(), header.messageType(), header.extensionType(), max));
        }
    }

    private static int key(int extensionType, int messageType) {
        return extensionType << 8 | messageType;
    }
}
