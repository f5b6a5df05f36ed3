package org.stratumj.app.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The bytes of a capture file with their position, in pieces of bounded size.
final class CaptureInput {
    private final InputStream in;
    private long position;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;

    CaptureInput(InputStream in) {
        this.in = in;
    }

    long position() {
        return position;
    }

    void order(ByteOrder order) {
        this.order = order;
    }

    /// The next `size` bytes, read in the file's byte order.
    ///
    /// @throws CaptureException if the file ends before
    ByteBuffer take(int size) throws IOException {
        var bytes = in.readNBytes(size);
        position += bytes.length;
        if (bytes.length < size) {
            throw new CaptureException(position, "the file ends where " + (size - bytes.length) + " more bytes belong");
        }
        return ByteBuffer.wrap(bytes).order(order);
    }

    /// Like [#take], but an end of the file before the first byte is no error.
    ///
    /// @return empty at the end of the file
    ByteBuffer takeOrEnd(int size) throws IOException {
        var first = in.readNBytes(1);
        if (first.length == 0) {
            return ByteBuffer.allocate(0);
        }
        position++;
        var rest = take(size - 1);
        return ByteBuffer.allocate(size).order(order).put(first).put(rest).flip();
    }

    void skip(long size) throws IOException {
        try {
            in.skipNBytes(size);
            position += size;
        } catch (EOFException e) {
            throw new CaptureException(position, "the file ends within the next " + size + " bytes");
        }
    }
}
