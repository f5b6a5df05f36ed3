package org.stratumj.protocol.layout;

import java.util.List;
import java.util.function.ToLongFunction;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Range;

/// A message as data: what identifies it and which fields it has, in wire order.
///
/// Generated from the message's record. Programs that need to know every message (other languages, dissectors,
/// references, generators) read these instead of keeping lists of their own. Spec: 03 §3.2 and 08.
///
/// @param javaName       the record's fully qualified name
/// @param specName       the message's name in the specification
/// @param extensionType  the extension that defines it, 0..0x7fff
/// @param channelMessage the channel bit: the first field is the channel's id
/// @param messageType    the message type, U8, unique within the extension
/// @param direction      who sends it
/// @param fields         the fields, in wire order
/// @param tlvs           whether the record keeps what extensions append
public record Layout(
        String javaName,
        String specName,
        int extensionType,
        boolean channelMessage,
        int messageType,
        Direction direction,
        List<Field> fields,
        boolean tlvs) {
    /// @throws IllegalArgumentException if a number is outside its range
    public Layout {
        Range.u15(extensionType, "extensionType");
        Range.u8(messageType, "messageType");
        fields = List.copyOf(fields);
    }

    /// One field of a message.
    ///
    /// @param name     the record component's name
    /// @param specName the field's name in the specification
    /// @param type     its wire type
    public record Field(String name, String specName, FieldType type) {}

    /// The smallest payload in bytes.
    public int payloadBytesMin() {
        return (int) total(FieldType::sizeMin);
    }

    /// The largest payload in bytes that the fields and a frame allow; TLV fields are not counted.
    public int payloadBytesMax() {
        return (int) Math.min(total(FieldType::sizeMax), FrameHeader.PAYLOAD_BYTES_MAX);
    }

    private long total(ToLongFunction<FieldType> size) {
        return fields.stream().map(Field::type).mapToLong(size).sum();
    }
}
