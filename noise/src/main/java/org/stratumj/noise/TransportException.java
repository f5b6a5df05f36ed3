package org.stratumj.noise;

/// A ciphertext after the handshake is not authentic: altered, replayed, reordered or cut. The session is over.
/// Spec: 04 §4.6.
public final class TransportException extends NoiseException {
    private static final long serialVersionUID = 1L;

    TransportException(String message) {
        super(message);
    }
}
