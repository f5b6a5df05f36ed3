package org.stratumj.app.decode;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Bytes written in hexadecimal: two digits each, with white space and colons wherever one likes.
final class HexInput extends InputStream {
    private final InputStream text;
    private long position;
    // A read that got some bytes before gives those first, so it has to come up again.
    private @Nullable NoHexException failure;

    HexInput(InputStream text) {
        this.text = text;
    }

    /// Text that is not hexadecimal.
    static final class NoHexException extends IOException {
        private static final long serialVersionUID = 1L;

        NoHexException(String message) {
            super(message);
        }
    }

    /// Whether input that begins with these bytes is text, which frames never are: their first bytes are
    /// zero.
    static boolean isText(byte[] start) {
        for (byte character : start) {
            if (!isGap(character) && (character <= ' ' || character > '~')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        int high = digit();
        if (high < 0) {
            return -1;
        }
        int low = digit();
        if (low < 0) {
            throw failed("an odd number of hexadecimal digits");
        }
        return high << 4 | low;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int value = count == 0 ? read() : readUnlessFailed();
            if (value < 0) {
                break;
            }
            target[offset + count] = (byte) value;
            count++;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    private int readUnlessFailed() throws IOException {
        try {
            return read();
        } catch (NoHexException e) {
            return -1;
        }
    }

    private int digit() throws IOException {
        if (failure != null) {
            throw failure;
        }
        int character = text.read();
        position++;
        while (character >= 0 && isGap(character)) {
            character = text.read();
            position++;
        }
        if (character < 0) {
            return -1;
        }
        int digit = character < 0x80 ? Character.digit(character, 16) : -1;
        if (digit < 0) {
            throw failed("character %d is no hexadecimal digit: 0x%02x".formatted(position, character));
        }
        return digit;
    }

    private NoHexException failed(String text) {
        failure = new NoHexException(text);
        return failure;
    }

    private static boolean isGap(int character) {
        return character == ' ' || character == ':' || (character >= '\t' && character <= '\r');
    }
}
