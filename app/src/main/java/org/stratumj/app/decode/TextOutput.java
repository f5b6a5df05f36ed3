package org.stratumj.app.decode;

import java.io.PrintWriter;
import org.stratumj.json.FieldView;
import org.stratumj.json.JsonText;
import org.stratumj.json.MessageView;
import org.stratumj.json.Tail;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Tlv;
import tools.jackson.databind.JsonNode;

/// Frames as lines for people: a line for the frame, and one for each field with its offset in the payload,
/// type and value. Long values are cut; the JSON form is complete.
final class TextOutput implements Output {
    private static final int BYTES_SHOWN_MAX = 64;
    private static final int ELEMENTS_SHOWN_MAX = 16;
    private static final String ROW = "  %6s  %-28s %-16s %s%n";

    private final PrintWriter out;
    private final MessageRegistry registry;

    TextOutput(PrintWriter out, MessageRegistry registry) {
        this.out = out;
        this.registry = registry;
    }

    @Override
    public void frame(Place place, Frame frame, Reading reading) {
        out.println(place + ": " + head(frame));
        reading.view().ifPresentOrElse(this::message, () -> row(0, "(payload)", "", shown(frame.payload())));
        reading.problem().ifPresent(text -> out.println("  " + text));
    }

    @Override
    public void note(Place place, String text) {
        problem(place, text);
    }

    @Override
    public void problem(Place place, String text) {
        out.println(place + ": " + text);
    }

    private String head(Frame frame) {
        var header = frame.header();
        var name = registry.layout(header.extensionType(), header.messageType())
                .map(layout -> layout.specName())
                .orElse("message of unknown type");
        return "%s (type 0x%02x, extension 0x%04x%s, %d bytes)"
                .formatted(
                        name,
                        header.messageType(),
                        header.extensionType(),
                        header.channelMessage() ? ", channel" : "",
                        header.payloadLength());
    }

    private void message(MessageView view) {
        view.fields().forEach(this::field);
        int end = view.fields().isEmpty()
                ? 0
                : view.fields().getLast().offset()
                        + view.fields().getLast().bytes().size();
        tail(view.tail(), end);
    }

    private void field(FieldView field) {
        var name = field.field().specName();
        var type = field.field().type();
        if (field.value().isArray()) {
            row(field.offset(), name, type.specName(), field.value().size() + " elements");
            elements(field.value());
        } else {
            row(field.offset(), name, type.specName(), shown(field.value(), type == Scalar.STR0_255));
        }
    }

    private void elements(JsonNode array) {
        for (int i = 0; i < Math.min(array.size(), ELEMENTS_SHOWN_MAX); i++) {
            out.printf(ROW, "", "  [" + i + "]", "", shown(array.get(i), false));
        }
        if (array.size() > ELEMENTS_SHOWN_MAX) {
            out.printf(ROW, "", "  and " + (array.size() - ELEMENTS_SHOWN_MAX) + " more", "", "");
        }
    }

    private void tail(Tail tail, int offset) {
        int at = offset;
        for (Tlv tlv : tail.tlvs()) {
            var name = "TLV 0x%04x/0x%02x".formatted(tlv.extensionType(), tlv.fieldType());
            row(at, name, "", shown(tlv.value()));
            at += tlv.size();
        }
        if (!tail.trailing().isEmpty()) {
            row(at, "(after the last field)", "", shown(tail.trailing()));
        }
    }

    private void row(int offset, String name, String type, String value) {
        out.printf(ROW, offset, name, type, value);
    }

    /// Text is quoted and escaped, so that nothing of it reaches the terminal as a command.
    private static String shown(JsonNode value, boolean text) {
        if (!text && value.isString()) {
            return cut(value.stringValue());
        }
        return JsonText.print(value);
    }

    private static String shown(Bytes bytes) {
        return cut(bytes.toHex());
    }

    private static String cut(String hex) {
        return hex.length() <= 2 * BYTES_SHOWN_MAX
                ? hex
                : hex.substring(0, 2 * BYTES_SHOWN_MAX) + "... (" + hex.length() / 2 + " bytes)";
    }
}
