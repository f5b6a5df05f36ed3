package org.stratumj.noise;

import java.time.Instant;

/// Where a server takes the certificate of its static key from at the moment of a handshake. Called by the threads that
/// do handshakes, several at once.
@FunctionalInterface
public interface CertificateSource {

    /// Returns a certificate that is valid now.
    Certificate at(Instant now);
}
