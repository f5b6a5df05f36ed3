package org.stratumj.protocol.wire;

import java.nio.charset.StandardCharsets;

/// A string `STR0_255`: one length byte, then 0..255 bytes without a terminating NUL.
///
/// The protocol does not check the encoding, so the bytes are the value; [#text()] is for people. Spec: 03 §3.1.
///
/// @param bytes the content, 0..255 bytes
public record Str0255(Bytes bytes) {
    /// The largest content in bytes.
    public static final int BYTES_MAX = 255;

    /// No text.
    public static final Str0255 EMPTY = new Str0255(Bytes.EMPTY);

    /// @throws IllegalArgumentException if there are more than 255 bytes
    public Str0255 {
        if (bytes.size() > BYTES_MAX) {
            throw new IllegalArgumentException("STR0_255 holds " + BYTES_MAX + " bytes, not " + bytes.size());
        }
    }

    /// The UTF-8 bytes of `text`.
    ///
    /// @throws IllegalArgumentException if they are more than 255
    public static Str0255 of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A copy of `bytes`.
    ///
    /// @throws IllegalArgumentException if they are more than 255
    public static Str0255 of(byte[] bytes) {
        return new Str0255(Bytes.of(bytes));
    }

    /// The content read as UTF-8, safe for logs and terminals.
    ///
    /// Bytes that are not UTF-8 become U+FFFD. Control, format and separator characters become `{a}`, their number
    /// in braces, and so does the opening brace: a peer can neither forge a log line nor turn its text around.
    public String text() {
        var decoded = new String(bytes.bytes(), StandardCharsets.UTF_8);
        var safe = new StringBuilder(decoded.length());
        decoded.codePoints().forEach(character -> appendSafely(safe, character));
        return safe.toString();
    }

    /// Whether all of it are printable ASCII characters, as error and reason codes should be. Spec: 03 §3.5.
    public boolean isPrintableAscii() {
        for (int i = 0; i < bytes.size(); i++) {
            if (bytes.at(i) < ' ' || bytes.at(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /// How many bytes there are.
    public int size() {
        return bytes.size();
    }

    /// The same as [#text()].
    @Override
    public String toString() {
        return text();
    }

    private static void appendSafely(StringBuilder safe, int character) {
        if (character == '{' || isInvisible(character)) {
            safe.append('{').append(Integer.toHexString(character)).append('}');
        } else {
            safe.appendCodePoint(character);
        }
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
