package org.stratumj.connection;

import java.time.Duration;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1Policy;

/// How a listening endpoint protects its connections.
public sealed interface ServerSecurity {

    /// Noise. A static key is made for the life of the listener; a certificate for it, under `authority`, is
    /// made before the previous one runs out.
    ///
    /// @param authority           signs certificates; stays with the caller, who destroys it after the listener
    /// @param certificateValidity how long a certificate is good for after it was made, at least a second
    /// @param curve               which curve implementation is acceptable
    record Noise(AuthoritySecretKey authority, Duration certificateValidity, Secp256k1Policy curve)
            implements ServerSecurity {

        /// @throws IllegalArgumentException if the validity is shorter than a second
        public Noise {
            if (certificateValidity.toSeconds() < 1) {
                throw new IllegalArgumentException(
                        "certificateValidity must be at least a second, is " + certificateValidity);
            }
        }

        /// Noise on a constant-time curve implementation.
        public Noise(AuthoritySecretKey authority, Duration certificateValidity) {
            this(authority, certificateValidity, Secp256k1Policy.REQUIRE_CONSTANT_TIME);
        }
    }

    /// No encryption: anybody on the way can read and change what is said.
    ///
    /// @param beyondLoopback whether other machines may be at the other end; otherwise an address that is not
    ///     loopback is not listened on
    record Plain(boolean beyondLoopback) implements ServerSecurity {

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
