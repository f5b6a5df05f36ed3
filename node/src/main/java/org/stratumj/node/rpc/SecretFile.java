package org.stratumj.node.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stratumj.node.NodeException;

/// A file with one line of text, a cookie or a password, as the node or an editor wrote it: UTF-8, with or without a
/// byte order mark, or UTF-16 with one. Blanks and line ends around the line do not belong to it.
///
/// @param kind what messages call it: `cookie` or `password`
record SecretFile(Path path, String kind) {
    private static final int BYTES_MAX = 1024;
    private static final int MARK_UTF_16BE = 0xfeff;
    private static final int MARK_UTF_16LE = 0xfffe;

    /// The line; empty if there is none.
    ///
    /// @throws IOException                 if the file cannot be read
    /// @throws NodeException.Misconfigured if it is too large, not text, or more than a line
    String line() throws IOException {
        if (Files.size(path) > BYTES_MAX) {
            throw unusable("is too large for a " + kind);
        }
        String text = decoded(Files.readAllBytes(path)).strip();
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw unusable("is not one line of text");
        }
        return text;
    }

    NodeException unusable(String what) {
        return new NodeException.Misconfigured("the %s file %s %s".formatted(kind, this, what));
    }

    /// The absolute path, since a relative one depends on where the process was started.
    @Override
    public String toString() {
        return path.toAbsolutePath().toString();
    }

    private String decoded(byte[] bytes) {
        try {
            String text =
                    charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw unusable("is not text: save it as UTF-8");
        }
    }

    private static Charset charset(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        return switch (mark) {
            case MARK_UTF_16BE -> StandardCharsets.UTF_16BE;
            case MARK_UTF_16LE -> StandardCharsets.UTF_16LE;
            default -> StandardCharsets.UTF_8;
        };
    }
}
