package org.stratumj.codec;

import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.frame.FrameHeader;

/// Frames from a stream in plaintext: six bytes of header, then the payload. Spec: 03 §3.2.
final class PlainFrameDecoder implements FrameDecoder {
    private final InputBuffer input = new InputBuffer();
    private final HeaderReader headers = new HeaderReader();
    private FrameLimits limits;
    private boolean broken;

    private @Nullable FrameHeader header;

    PlainFrameDecoder(FrameLimits limits) {
        this.limits = limits;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
        input.add(bytes, offset, length);
    }

    @Override
    public <T> @Nullable T poll(FrameReader<T> reader) {
        var current = currentHeader();
        if (current == null || input.available() < current.payloadLength()) {
            input.trim();
            return null;
        }
        header = null;
        int payload = input.take(current.payloadLength());
        return reader.read(current, input.content(), payload, current.payloadLength());
    }

    @Override
    public int missingBytes() {
        int needed = header == null ? FrameHeader.SIZE : header.payloadLength();
        return Math.max(0, needed - input.available());
    }

    @Override
    public boolean isInFrame() {
        return header != null || input.available() > 0;
    }

    @Override
    public void limit(FrameLimits limits) {
        this.limits = limits;
    }

    private @Nullable FrameHeader currentHeader() {
        if (broken) {
            throw new IllegalStateException("the stream is broken");
        }
        if (header == null && input.available() >= FrameHeader.SIZE) {
            var received = headers.read(input.content(), input.take(FrameHeader.SIZE));
            broken = true; // unless the length is within the limit, the next header cannot be found
            limits.check(received);
            broken = false;
            header = received;
        }
        return header;
    }
}
