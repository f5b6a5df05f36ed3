package org.stratumj.noise;

/// Something the peer sent does not hold cryptographically. The session is over: close the connection, answer nothing.
public abstract sealed class NoiseException extends RuntimeException permits HandshakeException, TransportException {
    private static final long serialVersionUID = 1L;

    NoiseException(String message) {
        super(message);
    }
}
