package org.stratumj.json;

import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A value in a JSON document and the path to it, for errors that name the place. Each method takes the value
/// as one thing and throws [JsonException] if it is another.
record JsonCursor(JsonNode node, String path) {
    private static final Pattern UNSIGNED = Pattern.compile("0|[1-9][0-9]{0,19}");
    private static final Pattern FLOAT_BITS = Pattern.compile("0x[0-9a-fA-F]{8}");

    JsonException failure(String detail) {
        return new JsonException(path, detail);
    }

    boolean has(String name) {
        return node.has(name);
    }

    JsonCursor member(String name) {
        var member = new JsonCursor(node, at(name));
        if (!node.has(name)) {
            throw member.failure("missing");
        }
        return new JsonCursor(node.get(name), member.path);
    }

    JsonCursor element(int index) {
        return new JsonCursor(node.get(index), path + "[" + index + "]");
    }

    void refuseOthersThan(Set<String> known) {
        if (!node.isObject()) {
            throw expected("an object");
        }
        for (var name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw failure("unknown member " + JsonText.quote(name));
            }
        }
    }

    void refuse(String... names) {
        for (var name : names) {
            if (node.has(name)) {
                throw new JsonException(at(name), "not together with the other members");
            }
        }
    }

    int arraySize(int max) {
        if (!node.isArray()) {
            throw expected("an array");
        }
        if (node.size() > max) {
            throw failure(node.size() + " elements, at most " + max);
        }
        return node.size();
    }

    boolean bool() {
        if (!node.isBoolean()) {
            throw expected("true or false");
        }
        return node.booleanValue();
    }

    long integer(long max) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0 || node.longValue() > max) {
            throw expected("a whole number in 0.." + max);
        }
        return node.longValue();
    }

    long unsignedLong() {
        if (node.isString() && UNSIGNED.matcher(node.stringValue()).matches()) {
            try {
                return Long.parseUnsignedLong(node.stringValue());
            } catch (NumberFormatException e) {
                throw expected("at most 18446744073709551615");
            }
        }
        throw expected("a string with a decimal number, as \"5\"");
    }

    int floatBits() {
        if (node.isString() && FLOAT_BITS.matcher(node.stringValue()).matches()) {
            return HexFormat.fromHexDigits(node.stringValue(), 2, 10);
        }
        if (!node.isNumber()) {
            throw expected("a number, or a string with its bits, as \"0x7fc00000\"");
        }
        float value = node.decimalValue().floatValue();
        if (Float.isInfinite(value)) {
            throw expected("a number of at most " + Float.MAX_VALUE);
        }
        return Float.floatToRawIntBits(value);
    }

    String string() {
        if (!node.isString()) {
            throw expected("a string");
        }
        return node.stringValue();
    }

    byte[] hex(int bytesMin, int bytesMax) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(string());
        } catch (IllegalArgumentException e) {
            throw expected("hexadecimal digits, two for each byte");
        }
        if (bytes.length < bytesMin || bytes.length > bytesMax) {
            throw failure(
                    bytes.length + " bytes, " + (bytesMin == bytesMax ? "exactly " + bytesMin : "at most " + bytesMax));
        }
        return bytes;
    }

    private JsonException expected(String what) {
        return failure("expected " + what + ", found " + JsonText.describe(node));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
