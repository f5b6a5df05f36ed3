package org.stratumj.noise;

/// The handshake failed; no session exists. Spec: 04 §4.5.
public final class HandshakeException extends NoiseException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    HandshakeException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /// Returns what exactly did not hold.
    public Fault fault() {
        return fault;
    }

    /// The ways in which a handshake fails.
    public enum Fault {
        /// An act has not the number of bytes that the specification gives it.
        WRONG_LENGTH,
        /// A part of act 2 is not authentic: altered on the way, or no Stratum V2 server at the other end.
        BAD_TAG,
        /// The certificate has a version that the policy does not accept.
        CERTIFICATE_VERSION,
        /// The certificate is not signed by the configured authority.
        WRONG_AUTHORITY,
        /// The validity of the certificate begins in the future.
        CERTIFICATE_NOT_YET_VALID,
        /// The validity of the certificate is over.
        CERTIFICATE_EXPIRED
    }
}
