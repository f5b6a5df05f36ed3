package org.stratumj.codec;

import org.stratumj.noise.HandshakeInitiator;

/// Gathers the bytes of one act of the handshake, however the network cut them, and takes no byte more.
///
/// What comes after them belongs to the encrypted stream. A server feeds a fresh one of [#act1()] and hands the
/// act to its `HandshakeResponder`, a client one of [#act2()] and its `HandshakeInitiator`. Not for use by two
/// threads at once. Spec: 04 §4.5.
public final class HandshakeBytes {
    private final byte[] act;
    private int received;

    private HandshakeBytes(int size) {
        this.act = new byte[size];
    }

    /// For what a server receives: 64 bytes.
    public static HandshakeBytes act1() {
        return new HandshakeBytes(HandshakeInitiator.ACT1_BYTES);
    }

    /// For what a client receives: 234 bytes.
    public static HandshakeBytes act2() {
        return new HandshakeBytes(HandshakeInitiator.ACT2_BYTES);
    }

    /// Takes bytes as they arrived, up to the last one of the act; they are copied.
    ///
    /// @return how many were taken; the others are of what follows
    /// @throws IndexOutOfBoundsException if the range is not inside `bytes`
    public int feed(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, missingBytes());
        System.arraycopy(bytes, offset, act, received, taken);
        received += taken;
        return taken;
    }

    /// How many bytes have to be fed before the act is complete.
    public int missingBytes() {
        return act.length - received;
    }

    /// Whether the act is complete.
    public boolean isComplete() {
        return missingBytes() == 0;
    }

    /// The complete act, a copy.
    ///
    /// @throws IllegalStateException if bytes are missing
    public byte[] act() {
        if (!isComplete()) {
            throw new IllegalStateException(missingBytes() + " of " + act.length + " bytes are missing");
        }
        return act.clone();
    }
}
