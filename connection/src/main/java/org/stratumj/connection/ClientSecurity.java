package org.stratumj.connection;

import java.util.Set;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.Certificate;

/// How a dialled endpoint is checked.
public sealed interface ClientSecurity {

    /// Noise; the server's certificate must be valid and signed by `authority`.
    ///
    /// @param certificateVersions those accepted, U16 each; the specification defines 0 only (04 §4.5.2)
    record Noise(AuthorityPublicKey authority, Set<Integer> certificateVersions) implements ClientSecurity {

        /// Copies the set.
        public Noise {
            certificateVersions = Set.copyOf(certificateVersions);
        }

        /// Accepts certificates as the specification defines them.
        public Noise(AuthorityPublicKey authority) {
            this(authority, Set.of(Certificate.VERSION));
        }
    }

    /// Noise; the certificate's time is checked, its signer is not. Never a default.
    record NoiseAnyAuthority() implements ClientSecurity {}

    /// No encryption: anybody on the way can read and change what is said.
    ///
    /// @param beyondLoopback whether other machines may be at the other end; otherwise only loopback addresses and
    ///     `localhost` are dialled
    record Plain(boolean beyondLoopback) implements ClientSecurity {

        /// For this machine only.
        public Plain() {
            this(false);
        }

        /// For a local network that is trusted in all its parts. Spec: 04 §4.
        public static Plain anywhere() {
            return new Plain(true);
        }
    }
}
