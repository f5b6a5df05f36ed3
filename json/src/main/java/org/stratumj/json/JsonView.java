package org.stratumj.json;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of frames: what a registry knows by its fields, everything else by its payload. Immutable,
/// for any thread.
///
/// ```json
/// {"message": "SubmitShares.Success", "extension_type": 0, "channel_msg": true, "msg_type": 28,
///  "fields": {"channel_id": 1, "last_sequence_number": 7, "new_submits_accepted_count": 1, "new_shares_sum": "512"}}
/// ```
///
/// Fields have the specification's names and stand in wire order. Their values:
///
/// | Wire type | JSON |
/// |---|---|
/// | BOOL | `true` or `false` |
/// | U8, U16, U24, U32 | a number |
/// | U64 | a string of the unsigned decimal number, as many readers hold 53 bits only |
/// | F32 | a number; what JSON has no number for (NaN, infinities, −0) a string of its bits, `"0x7fc00000"` |
/// | U256, B0_32 … B0_16M | a string of hexadecimal digits, first byte on the wire first |
/// | STR0_255 | a string, or `{"hex": "…"}` where the bytes are not UTF-8 |
/// | OPTION | `null` or the value |
/// | SEQ0_255, SEQ0_64K | an array |
///
/// What follows the last field is `tlvs`, an array of `{"extension_type", "field_type", "value"}` in wire
/// order, or, if it cannot be read as TLV fields, `trailing`, its bytes. A frame of a type that is not
/// registered has its bytes as `payload`. A frame is the same again after reading, except that the seven
/// meaningless bits of a BOOL become zero. Text is ASCII: everything else is escaped, so that a peer's bytes
/// do nothing to a terminal.
public final class JsonView {
    private static final Set<String> MEMBERS = Set.of(
            "message",
            "extension_type",
            "channel_msg",
            "msg_type",
            "fields",
            "tlvs",
            "trailing",
            "payload",
            JsonView.WIRE);
    private static final String WIRE = "wire";

    private final MessageRegistry registry;
    private final boolean wire;

    private JsonView(MessageRegistry registry, boolean wire) {
        this.registry = registry;
        this.wire = wire;
    }

    /// A view of the messages in `registry`.
    public static JsonView of(MessageRegistry registry) {
        return new JsonView(registry, false);
    }

    /// The same with a member `wire` more: an array with `field`, `type`, `offset` in the payload and `bytes`
    /// of each field. Readers ignore it.
    public JsonView withWire() {
        return new JsonView(registry, true);
    }

    /// The frame taken apart; empty if its type is not registered.
    ///
    /// @throws org.stratumj.protocol.wire.DecodeException if the payload is not what its type says
    public Optional<MessageView> view(Frame frame) {
        return layout(frame.header()).map(layout -> MessageView.of(layout, frame));
    }

    /// The frame as a tree.
    ///
    /// @throws org.stratumj.protocol.wire.DecodeException if the payload is not what its type says; [#raw]
    ///     shows it
    public ObjectNode tree(Frame frame) {
        return view(frame).map(this::tree).orElseGet(() -> raw(frame));
    }

    /// The frame that was taken apart as a tree.
    public ObjectNode tree(MessageView view) {
        var tree = head(view.frame().header());
        var fields = tree.putObject("fields");
        view.fields().forEach(field -> fields.set(field.field().specName(), field.value()));
        view.tail().addTo(tree);
        if (wire) {
            var rows = tree.putArray(WIRE);
            view.fields().forEach(field -> rows.add(row(field)));
        }
        return tree;
    }

    /// The frame as a tree with its payload in one piece, whatever its type.
    public ObjectNode raw(Frame frame) {
        var tree = head(frame.header());
        tree.put("payload", frame.payload().toHex());
        return tree;
    }

    /// The frame as one line of JSON.
    ///
    /// @throws org.stratumj.protocol.wire.DecodeException if the payload is not what its type says
    public String text(Frame frame) {
        return JsonText.print(tree(frame));
    }

    /// The message as one line of JSON.
    ///
    /// @throws IllegalArgumentException if its type is not registered, or it is larger than a frame can be
    public String text(Sv2Message message) {
        return text(registry.encode(message));
    }

    /// The frame that a JSON text describes.
    ///
    /// @throws JsonException if the text is anything else than the form above, or too large
    public Frame frame(String text) {
        return frame(JsonText.parse(text));
    }

    /// The frame that a tree describes.
    ///
    /// @throws JsonException if it is anything else than the form above, or too large for a frame
    public Frame frame(JsonNode tree) {
        var document = new JsonCursor(tree, "");
        document.refuseOthersThan(MEMBERS);
        int extensionType = (int) document.member("extension_type").integer(Range.U15_MAX);
        boolean channelMessage = document.member("channel_msg").bool();
        int messageType = (int) document.member("msg_type").integer(Range.U8_MAX);
        var layout = registry.layout(extensionType, messageType).orElse(null);
        checkName(document, layout);
        var payload = payload(document, layout);
        return new Frame(new FrameHeader(extensionType, channelMessage, messageType, payload.size()), payload);
    }

    /// The message that a JSON text describes.
    ///
    /// @throws JsonException if the text is anything else than the form above, or too large
    /// @throws org.stratumj.protocol.wire.DecodeException if the message's own rules refuse the values
    public Sv2Message message(String text) {
        return registry.decode(frame(text));
    }

    private static ObjectNode row(FieldView field) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("field", field.field().specName());
        row.put("type", field.field().type().specName());
        row.put("offset", field.offset());
        row.put("bytes", field.bytes().toHex());
        return row;
    }

    private ObjectNode head(FrameHeader header) {
        var head = JsonNodeFactory.instance.objectNode();
        layout(header).ifPresent(layout -> head.put("message", layout.specName()));
        head.put("extension_type", header.extensionType());
        head.put("channel_msg", header.channelMessage());
        head.put("msg_type", header.messageType());
        return head;
    }

    private Optional<Layout> layout(FrameHeader header) {
        return registry.layout(header.extensionType(), header.messageType());
    }

    // The numbers say what a message is; a name beside them has to agree, or the sender meant another one.
    private static void checkName(JsonCursor document, @Nullable Layout layout) {
        if (!document.has("message")) {
            return;
        }
        var name = document.member("message");
        if (layout == null) {
            throw name.failure("no known message has this extension_type and msg_type");
        }
        if (!layout.specName().equals(name.string())) {
            throw name.failure("extension_type and msg_type are those of " + layout.specName());
        }
    }

    private static Bytes payload(JsonCursor document, @Nullable Layout layout) {
        if (document.has("payload")) {
            document.refuse("fields", "tlvs", "trailing");
            return Bytes.of(document.member("payload").hex(0, FrameHeader.PAYLOAD_BYTES_MAX));
        }
        var fields = document.member("fields");
        if (layout == null) {
            throw fields.failure("the message is not known, so it needs a payload instead");
        }
        var writer = new FieldWriter();
        writer.fields(layout, fields);
        Tail.write(document, writer);
        if (writer.size() > FrameHeader.PAYLOAD_BYTES_MAX) {
            throw fields.failure(
                    writer.size() + " bytes of payload, a frame carries at most " + FrameHeader.PAYLOAD_BYTES_MAX);
        }
        return writer.bytes();
    }
}
