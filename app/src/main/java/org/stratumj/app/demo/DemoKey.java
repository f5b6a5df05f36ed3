package org.stratumj.app.demo;

import java.security.SecureRandom;
import java.time.Duration;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// The authority key of one server of a demo, for this run only.
record DemoKey(AuthoritySecretKey secret, AuthorityPublicKey trusted) {

    static DemoKey make(SecureRandom random) {
        Secp256k1 curve = Secp256k1s.best(random);
        AuthoritySecretKey secret = AuthoritySecretKey.generate(curve, random);
        return new DemoKey(secret, secret.publicKey(curve));
    }

    /// For the server.
    ServerSecurity security() {
        return new ServerSecurity.Noise(secret, Duration.ofHours(1));
    }

    /// For its clients.
    ClientSecurity trust() {
        return new ClientSecurity.Noise(trusted);
    }
}
