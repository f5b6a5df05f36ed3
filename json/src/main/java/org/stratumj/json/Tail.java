package org.stratumj.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.WireReader;
import tools.jackson.databind.node.ObjectNode;

/// What follows a message's last field: TLV fields, or bytes that are none. At most one of both is not empty.
///
/// @param tlvs     in wire order
/// @param trailing bytes that cannot be read as TLV fields, or as more than [#TLVS_MAX]
public record Tail(List<Tlv> tlvs, Bytes trailing) {
    /// The most TLV fields that are taken apart; no message comes near it.
    public static final int TLVS_MAX = 1_000;

    private static final Set<String> MEMBERS = Set.of("extension_type", "field_type", "value");

    public Tail {
        tlvs = List.copyOf(tlvs);
    }

    /// Reads what is after the last field.
    public static Tail of(Bytes rest) {
        try {
            return new Tail(tlvs(rest.reader("TLV")), Bytes.EMPTY);
        } catch (DecodeException e) {
            return new Tail(List.of(), rest);
        }
    }

    void addTo(ObjectNode tree) {
        if (!tlvs.isEmpty()) {
            var array = tree.putArray("tlvs");
            for (var tlv : tlvs) {
                array.addObject()
                        .put("extension_type", tlv.extensionType())
                        .put("field_type", tlv.fieldType())
                        .put("value", tlv.value().toHex());
            }
        }
        if (!trailing.isEmpty()) {
            tree.put("trailing", trailing.toHex());
        }
    }

    static void write(JsonCursor document, FieldWriter out) {
        if (document.has("tlvs")) {
            document.refuse("trailing");
            var tlvs = document.member("tlvs");
            int count = tlvs.arraySize(TLVS_MAX);
            for (int i = 0; i < count; i++) {
                writeTlv(tlvs.element(i), out);
            }
        } else if (document.has("trailing")) {
            out.raw(document.member("trailing").hex(0, FrameHeader.PAYLOAD_BYTES_MAX));
        }
    }

    private static void writeTlv(JsonCursor tlv, FieldWriter out) {
        tlv.refuseOthersThan(MEMBERS);
        out.little(tlv.member("extension_type").integer(Range.U15_MAX), Scalar.U16.sizeMin());
        out.write(Scalar.U8, tlv.member("field_type"));
        out.write(Scalar.B0_64K, tlv.member("value"));
    }

    // Stricter than a receiver, which ignores the channel bit in a TLV's type: here nothing may get lost.
    private static List<Tlv> tlvs(WireReader in) {
        var tlvs = new ArrayList<Tlv>();
        while (in.remaining() > 0) {
            int offset = in.offset();
            int extensionType = in.u16("extension_type");
            if (extensionType > Range.U15_MAX || tlvs.size() == TLVS_MAX) {
                throw new DecodeException(DecodeException.Reason.VALUE_REFUSED, "TLV", "type", offset, "no TLV");
            }
            tlvs.add(new Tlv(extensionType, in.u8("field_type"), in.b064k("value")));
        }
        return tlvs;
    }
}
