package org.stratumj.it.sri;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.Certificate;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.StaticKeyPair;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// An authority whose keys both sides know, and a time that both take for now.
final class Trust {
    static final SecureRandom RANDOM = new SecureRandom();
    static final Secp256k1 CURVE = Secp256k1s.best(RANDOM);
    static final Instant NOW = Instant.ofEpochSecond(1_763_600_000L);
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    static final Duration VALIDITY = Duration.ofHours(1);

    /// The authority of SRI's own examples.
    static final AuthoritySecretKey SECRET =
            AuthoritySecretKey.parse("mkDLTBBRxdBv998612qipDYoTK3YUrqLe8uWw7gu3iXbSrn2n", CURVE);

    static final String SECRET_HEX = "65995eb19631f478a46ffa5cf1e545091efe950eaeac7482ffdc06eb6a89f697";
    static final AuthorityPublicKey AUTHORITY =
            AuthorityPublicKey.parse("9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72");

    private Trust() {}

    static CertificatePolicy ours() {
        return CertificatePolicy.trusting(AUTHORITY);
    }

    static AuthorityPublicKey stranger() {
        return AuthoritySecretKey.generate(CURVE, RANDOM).publicKey(CURVE);
    }

    static String hex(AuthorityPublicKey key) {
        return HexFormat.of().formatHex(key.bytes());
    }

    /// A server of ours whose certificate is valid in this period.
    static HandshakeResponder server(Instant from, Instant until) {
        var key = StaticKeyPair.generate(CURVE, RANDOM);
        var certificate = Certificate.issue(SECRET, key.publicKey(CURVE), from, until, CURVE, RANDOM);
        return new HandshakeResponder(key, _ -> certificate, CURVE, CLOCK, RANDOM);
    }

    static HandshakeResponder server() {
        return server(NOW.minus(VALIDITY), NOW.plus(VALIDITY));
    }

    /// The options of a peer that responds with a certificate made at `now`.
    static String[] responder(Instant now) {
        return new String[] {
            "secret=" + SECRET_HEX, "validity=" + VALIDITY.toSeconds(), "now=" + now.getEpochSecond(), "reencode"
        };
    }

    /// The options of a peer that asks for our authority.
    static String[] initiator() {
        return initiator(AUTHORITY);
    }

    static String[] initiator(AuthorityPublicKey authority) {
        return new String[] {"authority=" + hex(authority), "now=" + NOW.getEpochSecond(), "reencode"};
    }
}
