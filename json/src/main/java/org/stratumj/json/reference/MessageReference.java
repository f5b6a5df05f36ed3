package org.stratumj.json.reference;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.stratumj.protocol.layout.Layout;

/// Messages as a reference page in Markdown: numbers, direction, sizes, and every field with its type, in
/// wire order.
public final class MessageReference {
    private final Function<Layout, Optional<String>> source;

    /// @param source where a message is specified, in words, if that is known
    public MessageReference(Function<Layout, Optional<String>> source) {
        this.source = source;
    }

    /// The page: a table of all messages, then a section for each. Messages stand in the order of their
    /// numbers.
    public String page(Collection<Layout> layouts) {
        var sorted = new TreeMap<Integer, Layout>();
        layouts.forEach(layout -> sorted.put(layout.extensionType() << 8 | layout.messageType(), layout));
        var page = new StringBuilder(INTRODUCTION);
        page.append(
                "\n| Extension | Type | Message | Direction | Channel | Payload in bytes |\n|---|---|---|---|---|---|\n");
        sorted.values().forEach(layout -> page.append(row(layout)));
        sorted.values().forEach(layout -> page.append(section(layout)));
        return page.toString();
    }

    /// The line of one message in the table of all.
    public String row(Layout layout) {
        return "| 0x%04x | 0x%02x | %s | %s | %s | %s |\n"
                .formatted(
                        layout.extensionType(),
                        layout.messageType(),
                        layout.specName(),
                        direction(layout),
                        layout.channelMessage() ? "yes" : "",
                        range(layout.payloadBytesMin(), layout.payloadBytesMax()));
    }

    /// The section of one message.
    public String section(Layout layout) {
        var text = new StringBuilder("\n## %s (0x%04x, 0x%02x)\n\n"
                .formatted(layout.specName(), layout.extensionType(), layout.messageType()));
        text.append(direction(layout)).append(layout.channelMessage() ? ", about a channel" : "");
        source.apply(layout).ifPresent(where -> text.append(". Spec: ").append(where));
        text.append(". Record: `").append(layout.javaName()).append("`.");
        if (layout.tlvs()) {
            text.append(" TLV fields of extensions may follow the last field, and are kept.");
        }
        if (layout.fields().isEmpty()) {
            return text.append("\n\nNo fields.\n").toString();
        }
        text.append("\n\n| Field | Type | Bytes |\n|---|---|---|\n");
        for (var field : layout.fields()) {
            var type = field.type();
            text.append("| `%s` | %s | %s |\n"
                    .formatted(field.specName(), type.specName(), range(type.sizeMin(), type.sizeMax())));
        }
        return text.toString();
    }

    private static String direction(Layout layout) {
        return switch (layout.direction()) {
            case TO_SERVER -> "client → server";
            case TO_CLIENT -> "server → client";
            case BOTH -> "both";
        };
    }

    private static String range(long min, long max) {
        return min == max ? "%,d".formatted(min) : "%,d to %,d".formatted(min, max);
    }

    private static final String INTRODUCTION = """
            # Messages

            Every message that stratumj knows. Generated from the layouts of the records; to change it, change those.

            A frame is six bytes of header, then the payload. The header: extension type (15 bits) and channel bit (bit 15),
            U16; message type, U8; payload length, U24. A message about a channel has the channel bit set and begins with
            `channel_id`. Numbers are little-endian. Sizes include the length or count before a value. Nothing here says
            what a message means; that is in the specification, at the section that is named.
            """;
}
