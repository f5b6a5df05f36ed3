package org.stratumj.codec;

import java.util.Objects;
import org.stratumj.noise.CipherState;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;

/// Frames to an encrypted stream. Spec: 04 §4.6.
final class EncryptedFrameEncoder implements FrameEncoder {
    private final CipherState cipher;

    EncryptedFrameEncoder(CipherState cipher) {
        this.cipher = cipher;
    }

    @Override
    public int encodedSize(Frame frame) {
        return EncryptedLayout.HEADER_SIZE
                + EncryptedLayout.payloadCiphertextSize(frame.header().payloadLength());
    }

    // Each part is copied to where its ciphertext begins and sealed in place.
    @Override
    public int encode(Frame frame, byte[] target, int offset) {
        int size = encodedSize(frame);
        Objects.checkFromIndexSize(offset, size, target.length);
        frame.header().writeTo(target, offset);
        int at = offset + cipher.seal(target, offset, FrameHeader.SIZE, target, offset);
        int payloadLength = frame.header().payloadLength();
        for (int sealed = 0; sealed < payloadLength; ) {
            int block = EncryptedLayout.blockPlaintextSize(payloadLength, sealed);
            frame.payload().writeTo(sealed, sealed + block, target, at);
            at += cipher.seal(target, at, block, target, at);
            sealed += block;
        }
        return size;
    }
}
