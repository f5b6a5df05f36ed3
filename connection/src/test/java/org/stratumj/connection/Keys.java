package org.stratumj.connection;

import java.security.SecureRandom;
import java.time.Duration;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;

/// An authority, as a server and its clients know it.
record Keys(AuthoritySecretKey secret, AuthorityPublicKey authority) {
    static final SecureRandom RANDOM = new SecureRandom();
    static final Secp256k1 CURVE = Curves.of(Secp256k1Policy.PREFER_CONSTANT_TIME, RANDOM);

    static Keys fresh() {
        AuthoritySecretKey secret = AuthoritySecretKey.generate(CURVE, RANDOM);
        return new Keys(secret, secret.publicKey(CURVE));
    }

    ServerSecurity server() {
        return new ServerSecurity.Noise(secret, Duration.ofHours(1), Secp256k1Policy.PREFER_CONSTANT_TIME);
    }

    ClientSecurity client() {
        return new ClientSecurity.Noise(authority);
    }
}
