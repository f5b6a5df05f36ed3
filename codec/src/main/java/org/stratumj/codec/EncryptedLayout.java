package org.stratumj.codec;

import org.stratumj.noise.CipherState;
import org.stratumj.protocol.frame.FrameHeader;

/// How a frame lies in an encrypted stream: the sealed header, then the payload in sealed blocks, all full but the
/// last.
/// An empty payload has no block. Spec: 04 §4.6.
final class EncryptedLayout {
    /// The sealed header in bytes.
    static final int HEADER_SIZE = FrameHeader.SIZE + CipherState.TAG_BYTES;

    /// The plaintext of a full block in bytes: 65519.
    static final int BLOCK_PLAINTEXT_MAX = CipherState.PLAINTEXT_BYTES_MAX;

    private EncryptedLayout() {}

    /// The size of a payload in ciphertext; above 16,777,215 bytes of plaintext there is none.
    static int payloadCiphertextSize(int payloadLength) {
        int blocks = Math.ceilDiv(payloadLength, BLOCK_PLAINTEXT_MAX);
        return payloadLength + blocks * CipherState.TAG_BYTES;
    }

    /// The plaintext of the block that begins at byte `from` of a payload.
    static int blockPlaintextSize(int payloadLength, int from) {
        return Math.min(payloadLength - from, BLOCK_PLAINTEXT_MAX);
    }
}
