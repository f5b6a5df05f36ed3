package org.stratumj.json;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.frame.FrameHeader;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON texts and trees, within limits that the largest message fits and a hostile text does not.
public final class JsonText {
    /// The longest text that is read, in characters: every message of the core protocol with its `wire` is
    /// shorter.
    public static final int CHARS_MAX = 128 << 20;

    /// The most values, names, braces and brackets in a text: each becomes an object on the heap.
    public static final int TOKENS_MAX = 1 << 20;

    private static final int NESTING_MAX = 8;
    private static final int NUMBER_CHARS_MAX = 64;
    private static final int NAME_CHARS_MAX = 256;
    private static final int QUOTED_CHARS_MAX = 40;
    private static final int DETAIL_CHARS_MAX = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(CHARS_MAX)
                            .maxTokenCount(TOKENS_MAX)
                            .maxNestingDepth(NESTING_MAX)
                            .maxNumberLength(NUMBER_CHARS_MAX)
                            .maxNameLength(NAME_CHARS_MAX)
                            .maxStringLength(2 * FrameHeader.PAYLOAD_BYTES_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .characterEscapes(new DeleteToo())
                    .build())
            // Through double, a decimal number could be rounded twice on its way to F32.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /// The tree of a JSON text.
    ///
    /// @throws JsonException if it is not JSON, names a member twice, or is too large or too deep
    public static JsonNode parse(String text) {
        if (text.length() > CHARS_MAX) {
            throw new JsonException("", text.length() + " characters, at most " + CHARS_MAX);
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw failure(e);
        } catch (NumberFormatException e) {
            // Not one of Jackson's own: an exponent of more than 31 bits.
            throw new JsonException("", "a number with too large an exponent");
        }
    }

    /// A tree as one line of ASCII.
    public static String print(JsonNode tree) {
        return MAPPER.writeValueAsString(tree);
    }

    static String quote(String text) {
        boolean whole = text.length() <= QUOTED_CHARS_MAX;
        return MAPPER.writeValueAsString(whole ? text : text.substring(0, QUOTED_CHARS_MAX) + "…");
    }

    static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> quote(node.stringValue());
            case NUMBER, BOOLEAN, NULL -> quote(node.toString()).replace("\"", "");
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case BINARY, POJO, MISSING -> "nothing";
        };
    }

    private static JsonException failure(JacksonException e) {
        var detail = e.getOriginalMessage().replaceAll("[^ -~]+", " ");
        detail = detail.substring(0, Math.min(detail.length(), DETAIL_CHARS_MAX));
        if (detail.startsWith("Duplicate") && e.processor() instanceof JsonParser parser) {
            return new JsonException(path(parser.streamReadContext()), "named twice");
        }
        return new JsonException("", e instanceof StreamConstraintsException ? detail : "not JSON: " + detail);
    }

    private static String path(TokenStreamContext context) {
        var parent = context.getParent();
        if (parent == null) {
            return "";
        }
        var above = path(parent);
        if (context.inObject()) {
            var name = context.currentName();
            return above
                    + (above.isEmpty() ? "" : ".")
                    + (name == null ? "" : quote(name).replace("\"", ""));
        }
        return above + "[" + context.getCurrentIndex() + "]";
    }

    /// The standard escapes, and DEL: the one control character that JSON lets through.
    private static final class DeleteToo extends CharacterEscapes {
        @Serial
        private static final long serialVersionUID = 1L;

        private static final int DELETE = 0x7f;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            escapes[DELETE] = ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }
}
