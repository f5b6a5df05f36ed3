package org.stratumj.protocol.frame;

import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.WireReader;
import org.stratumj.protocol.wire.WireWriter;

/// The six bytes before each payload: extension type and channel bit (U16), message type (U8), payload length (U24).
/// Spec: 03 §3.2.
///
/// @param extensionType  the extension whose number space the message type is from, 0..0x7fff, without the channel bit
/// @param channelMessage the channel bit: the payload begins with a U32 channel id
/// @param messageType    the message type, U8
/// @param payloadLength  the payload's size in bytes, U24; the header is not counted
public record FrameHeader(int extensionType, boolean channelMessage, int messageType, int payloadLength) {
    /// The size of a header in bytes.
    public static final int SIZE = 6;

    /// The largest payload in bytes.
    public static final int PAYLOAD_BYTES_MAX = Range.U24_MAX;

    // Bit 15 of the first field; the specification also calls it the least significant bit, which it is not.
    private static final int CHANNEL_BIT = 0x8000;

    /// @throws IllegalArgumentException if a value is outside its range
    public FrameHeader {
        Range.u15(extensionType, "extensionType");
        Range.u8(messageType, "messageType");
        Range.u24(payloadLength, "payloadLength");
    }

    /// The header in the six bytes of `source` from `offset` on. Any six bytes are a header.
    ///
    /// @throws IndexOutOfBoundsException if `source` ends before
    public static FrameHeader parse(byte[] source, int offset) {
        var reader = new WireReader("Frame", source, offset, SIZE);
        int extensionAndBit = reader.u16("extension_type");
        int messageType = reader.u8("msg_type");
        int payloadLength = reader.u24("msg_length");
        boolean channelMessage = (extensionAndBit & CHANNEL_BIT) != 0;
        return new FrameHeader(extensionAndBit & ~CHANNEL_BIT, channelMessage, messageType, payloadLength);
    }

    /// Writes the six bytes into `target` from `offset` on.
    ///
    /// @throws IndexOutOfBoundsException if `target` ends before
    public void writeTo(byte[] target, int offset) {
        var writer = new WireWriter(target, offset, SIZE);
        writer.u16(channelMessage ? extensionType | CHANNEL_BIT : extensionType);
        writer.u8(messageType);
        writer.u24(payloadLength);
    }

    /// The size of the whole frame in plaintext bytes.
    public int frameLength() {
        return SIZE + payloadLength;
    }
}
