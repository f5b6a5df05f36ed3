package org.stratumj.testkit;

import java.security.SecureRandom;
import java.time.Duration;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// An authority key made for one test, as its servers and its clients know it.
///
/// @param secret    what servers sign their certificates with
/// @param publicKey what clients trust
public record TestAuthority(AuthoritySecretKey secret, AuthorityPublicKey publicKey) {
    private static final Duration VALIDITY = Duration.ofDays(1);

    /// A fresh one.
    public static TestAuthority fresh() {
        AuthoritySecretKey secret = AuthoritySecretKey.generate(curve(), new SecureRandom());
        return new TestAuthority(secret, secret.publicKey(curve()));
    }

    /// Noise, for a server.
    public ServerSecurity server() {
        return new ServerSecurity.Noise(secret, VALIDITY, Secp256k1Policy.PREFER_CONSTANT_TIME);
    }

    /// Noise, for clients of such a server.
    public ClientSecurity client() {
        return new ClientSecurity.Noise(publicKey);
    }

    /// One for all tests: choosing a curve takes longer than many handshakes.
    static Secp256k1 curve() {
        return Curve.BEST;
    }

    private static final class Curve {
        static final Secp256k1 BEST = Secp256k1s.best(new SecureRandom());
    }
}
