package org.stratumj.json.wireshark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import org.stratumj.protocol.layout.FieldType;
import org.stratumj.protocol.layout.Layout;

/// A dissector for Wireshark and tshark, in Lua, that knows the messages of some layouts.
///
/// A field is filtered by `sv2.<group>.<message>.<field>`, where the group is the last part of the package
/// that the message's record is in: `sv2.mining.NewMiningJob.job_id == 7`.
public final class Dissector {
    private static final String MESSAGES = "--@messages@\n";

    private Dissector() {}

    /// The whole script.
    ///
    /// @throws IllegalArgumentException if two messages would have the same filter names
    public static String script(Collection<Layout> layouts) {
        var entries = new StringBuilder();
        var keys = new HashSet<String>();
        for (var layout : layouts) {
            if (!keys.add(key(layout))) {
                throw new IllegalArgumentException("two messages with the filter name " + key(layout));
            }
            entries.append(entry(layout));
        }
        return runtime().replace(MESSAGES, entries);
    }

    /// The lines that declare one message.
    public static String entry(Layout layout) {
        var entry = new StringBuilder("message(0x%04x, 0x%02x, %s, %s, %s, %d, %d"
                .formatted(
                        layout.extensionType(),
                        layout.messageType(),
                        quoted(key(layout)),
                        quoted(layout.specName()),
                        layout.channelMessage(),
                        layout.payloadBytesMin(),
                        layout.payloadBytesMax()));
        for (var field : layout.fields()) {
            entry.append(",\n  { %s, %s, %s }"
                    .formatted(quoted(field.specName()), type(field.type()), quoted(plain(field.specName()))));
        }
        return entry.append(")\n").toString();
    }

    private static String type(FieldType type) {
        return switch (type) {
            case FieldType.Scalar scalar -> scalar.specName();
            case FieldType.Option(var element) -> "OPTION(" + element.specName() + ")";
            case FieldType.Sequence(var count, var element) -> count + "(" + element.specName() + ")";
        };
    }

    private static String key(Layout layout) {
        var parts = layout.javaName().split("\\.", -1);
        var group = parts.length < 2 ? "message" : parts[parts.length - 2];
        return plain(group) + "." + plain(layout.specName());
    }

    /// What Wireshark takes in a filter name.
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9_.]", "_");
    }

    private static String quoted(String text) {
        return '"' + text.replaceAll("[^ -~]", "?").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String runtime() {
        try (var script = Dissector.class.getResourceAsStream("sv2.lua")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
