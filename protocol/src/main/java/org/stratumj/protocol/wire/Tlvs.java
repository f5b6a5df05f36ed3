package org.stratumj.protocol.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The bytes after a message's last base field, in which extensions put their TLV fields.
///
/// A receiver that negotiated no such extension has to ignore them, whatever they are; so they are kept as they came,
/// parsed when asked for, and relayed unchanged. Type and length are little-endian. Spec: 03 §3.4.3.
///
/// @param raw the bytes as they are on the wire
public record Tlvs(Bytes raw) {
    /// No TLV field.
    public static final Tlvs NONE = new Tlvs(Bytes.EMPTY);

    /// The given fields, in the order a sender has to keep: by extension, and as given within one extension.
    public static Tlvs of(List<Tlv> fields) {
        var sorted = new ArrayList<>(fields);
        sorted.sort(Comparator.comparingInt(Tlv::extensionType));
        int size = sorted.stream().mapToInt(Tlv::size).reduce(0, Math::addExact);
        return new Tlvs(Bytes.written(size, writer -> sorted.forEach(field -> write(field, writer))));
    }

    /// The given fields, in the order a sender has to keep: by extension, and as given within one extension.
    public static Tlvs of(Tlv... fields) {
        return of(List.of(fields));
    }

    /// Whether there are no bytes.
    public boolean isEmpty() {
        return raw.isEmpty();
    }

    /// The fields, in wire order.
    ///
    /// @return an immutable list
    /// @throws DecodeException if the bytes are not a sequence of TLV fields
    public List<Tlv> fields() {
        var reader = raw.reader("TLV");
        var fields = new ArrayList<Tlv>();
        while (reader.remaining() > 0) {
            fields.add(read(reader));
        }
        return List.copyOf(fields);
    }

    /// The first field of that type; the order of the fields does not matter.
    ///
    /// @throws DecodeException if the bytes are not a sequence of TLV fields
    public Optional<Tlv> find(int extensionType, int fieldType) {
        return fields().stream()
                .filter(field -> field.extensionType() == extensionType && field.fieldType() == fieldType)
                .findFirst();
    }

    private static Tlv read(WireReader reader) {
        int extensionType = reader.u16("extension_type") & Range.U15_MAX;
        int fieldType = reader.u8("field_type");
        int length = reader.u16("length");
        return new Tlv(extensionType, fieldType, reader.bytes(length, "value"));
    }

    private static void write(Tlv field, WireWriter writer) {
        writer.u16(field.extensionType());
        writer.u8(field.fieldType());
        writer.b064k(field.value());
    }
}
