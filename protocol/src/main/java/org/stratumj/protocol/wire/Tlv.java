package org.stratumj.protocol.wire;

/// One extra field that an extension appends to a message. Spec: 03 §3.4.3.
///
/// @param extensionType the extension that defines the field, 0..0x7fff
/// @param fieldType     the field within that extension, U8
/// @param value         the content, 0..65535 bytes
public record Tlv(int extensionType, int fieldType, Bytes value) {
    /// The size of the type and the length before the value, in bytes.
    public static final int HEADER_SIZE = 5;

    /// @throws IllegalArgumentException if a value is outside its range
    public Tlv {
        Range.u15(extensionType, "extensionType");
        Range.u8(fieldType, "fieldType");
        Range.b064k(value, "value");
    }

    /// The size on the wire in bytes.
    public int size() {
        return HEADER_SIZE + value.size();
    }
}
