package org.stratumj.app.mining;

import java.security.SecureRandom;
import java.time.Duration;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// A fresh authority, as a server and its clients know it.
public record TestAuthority(AuthoritySecretKey secret, ClientSecurity clients) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 CURVE = Secp256k1s.select(Secp256k1Policy.PREFER_CONSTANT_TIME, RANDOM);

    public static TestAuthority fresh() {
        AuthoritySecretKey secret = AuthoritySecretKey.generate(CURVE, RANDOM);
        return new TestAuthority(secret, new ClientSecurity.Noise(secret.publicKey(CURVE)));
    }

    public ServerSecurity server() {
        return new ServerSecurity.Noise(secret, Duration.ofHours(1), Secp256k1Policy.PREFER_CONSTANT_TIME);
    }
}
