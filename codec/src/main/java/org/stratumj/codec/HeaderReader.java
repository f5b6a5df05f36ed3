package org.stratumj.codec;

import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.frame.FrameHeader;

/// Reads the headers of one stream. A header with the same bytes as the one before is the same object: a device sends
/// one share after the other, all of one type and length.
final class HeaderReader {
    private @Nullable FrameHeader last;
    private long lastBytes;

    FrameHeader read(byte[] source, int offset) {
        long bytes = bytes(source, offset);
        if (last == null || bytes != lastBytes) {
            last = FrameHeader.parse(source, offset);
            lastBytes = bytes;
        }
        return last;
    }

    private static long bytes(byte[] source, int offset) {
        long bytes = 0;
        for (int i = 0; i < FrameHeader.SIZE; i++) {
            bytes = bytes << 8 | (source[offset + i] & 0xff);
        }
        return bytes;
    }
}
