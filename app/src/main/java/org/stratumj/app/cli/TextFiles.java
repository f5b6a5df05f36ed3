package org.stratumj.app.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text files that people wrote: UTF-8, with or without a byte order mark, or UTF-16 with one, as some Windows editors
/// write it.
final class TextFiles {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private TextFiles() {}

    /// The text without the mark.
    ///
    /// @throws java.nio.charset.CharacterCodingException if it is in another encoding
    static String read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text =
                encoding(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static Charset encoding(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        return first == 0xfeff || first == 0xfffe ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
