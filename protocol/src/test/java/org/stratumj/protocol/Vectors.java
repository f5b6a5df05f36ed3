package org.stratumj.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.stratumj.protocol.layout.FieldType;
import org.stratumj.protocol.layout.FieldType.Count;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException.Reason;
import org.stratumj.protocol.wire.Str0255;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The files in `vectors/frames`, and their values in a form that can be compared: text, or a list of texts.
public final class Vectors {
    private static final Pattern CONTAINER = Pattern.compile("(\\w+)\\[(\\w+)]");

    private Vectors() {}

    /// One entry of a file, which shows as its title.
    public record Entry(String title, JsonNode content) {
        /// A member of the entry as text.
        public String text(String name) {
            return content.path(name).asString();
        }

        /// A member of the entry as bytes.
        public Bytes bytes(String name) {
            return Bytes.ofHex(text(name));
        }

        /// Why the bytes have to be refused.
        public Reason refused() {
            return Reason.valueOf(text("refused").replace(' ', '_').toUpperCase(java.util.Locale.ROOT));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /// The entries of a file that have a member of that name.
    public static Stream<Entry> entries(String file, String list, String member) {
        try (var in = Vectors.class.getResourceAsStream("/vectors/frames/" + file)) {
            return new ObjectMapper()
                    .readTree(in)
                    .get(list)
                    .valueStream()
                    .filter(entry -> entry.has(member))
                    .map(entry -> new Entry(title(entry), entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The wire type of that name in the specification.
    public static FieldType type(String specName) {
        var container = CONTAINER.matcher(specName);
        if (!container.matches()) {
            return scalar(specName);
        }
        var element = scalar(container.group(2));
        return container.group(1).equals("OPTION")
                ? new FieldType.Option(element)
                : new FieldType.Sequence(Count.valueOf(container.group(1)), element);
    }

    /// A value as it stands in a file.
    public static Object plain(JsonNode value, FieldType type) {
        return switch (type) {
            case FieldType.Option(var element) -> value.isNull() ? List.of() : List.of(plain(value, element));
            case FieldType.Sequence(var _, var element) ->
                value.valueStream().map(each -> plain(each, element)).toList();
            case Scalar.F32 -> Float.toString(value.floatValue());
            case Scalar _ -> value.asString();
        };
    }

    /// A value as a record or reader gives it.
    public static Object plain(Object value) {
        return switch (value) {
            case OptionalLong option ->
                option.isPresent() ? List.of(Long.toUnsignedString(option.getAsLong())) : List.of();
            case OptionalInt option -> option.isPresent() ? List.of(Integer.toString(option.getAsInt())) : List.of();
            case List<?> list -> list.stream().map(Vectors::plain).toList();
            case Str0255 text -> new String(text.bytes().bytes(), StandardCharsets.UTF_8);
            case Bytes bytes -> bytes.toHex();
            case Long number -> Long.toUnsignedString(number);
            default -> value.toString();
        };
    }

    private static Scalar scalar(String specName) {
        return Arrays.stream(Scalar.values())
                .filter(scalar -> scalar.specName().equals(specName))
                .findFirst()
                .orElseThrow();
    }

    private static String title(JsonNode entry) {
        return entry.has("message")
                ? entry.get("message").asString() + ": " + entry.get("case").asString()
                : entry.get("type").asString() + " "
                        + abbreviated(entry.get("hex").asString());
    }

    private static String abbreviated(String hex) {
        return hex.length() <= 20 ? hex : hex.substring(0, 20) + "… (" + hex.length() / 2 + " bytes)";
    }
}
