package org.stratumj.codec;

import java.util.Objects;
import org.stratumj.protocol.frame.Frame;

/// Frames to a stream in plaintext. Spec: 03 §3.2.
final class PlainFrameEncoder implements FrameEncoder {
    @Override
    public int encodedSize(Frame frame) {
        return frame.size();
    }

    @Override
    public int encode(Frame frame, byte[] target, int offset) {
        Objects.checkFromIndexSize(offset, frame.size(), target.length);
        frame.writeTo(target, offset);
        return frame.size();
    }
}
