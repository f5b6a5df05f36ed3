package org.stratumj.connection;

import org.stratumj.noise.AuthorityPublicKey;

/// How a dialled endpoint is checked.
public sealed interface ClientSecurity {

    /// Noise; the server's certificate must be valid and signed by `authority`.
    record Noise(AuthorityPublicKey authority) implements ClientSecurity {}

    /// Noise; the certificate's time is checked, its signer is not. Never a default.
    record NoiseAnyAuthority() implements ClientSecurity {}

    /// No encryption: for loopback and trusted local networks only.
    record Plain() implements ClientSecurity {}
}
