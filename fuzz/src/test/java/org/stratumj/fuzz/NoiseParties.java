package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.requireEqual;

import java.time.Instant;
import java.time.InstantSource;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.CertificateSource;
import org.stratumj.noise.CipherState;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.StaticKeyPair;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// A client, a server and two authorities, the same in each run.
final class NoiseParties {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Secp256k1 CURVE = Secp256k1s.best(new RepeatableRandom(1));
    static final Secp256k1 PURE_JAVA = Secp256k1s.select(Secp256k1Policy.PURE_JAVA, new RepeatableRandom(1));
    static final AuthoritySecretKey AUTHORITY = AuthoritySecretKey.generate(CURVE, new RepeatableRandom(2));
    static final AuthoritySecretKey STRANGER = AuthoritySecretKey.generate(CURVE, new RepeatableRandom(3));
    static final StaticKeyPair SERVER = StaticKeyPair.generate(CURVE, new RepeatableRandom(4));
    static final CertificatePolicy POLICY = CertificatePolicy.trusting(AUTHORITY.publicKey(CURVE));

    private NoiseParties() {}

    static HandshakeInitiator initiator(CertificatePolicy policy) {
        return HandshakeInitiator.start(policy, CURVE, InstantSource.fixed(NOW), new RepeatableRandom(5));
    }

    static HandshakeResponder responder(CertificateSource certificates) {
        return new HandshakeResponder(SERVER, certificates, CURVE, InstantSource.fixed(NOW), new RepeatableRandom(6));
    }

    /// Each side opens what the other has sealed.
    static void requireSession(TransportCiphers one, TransportCiphers other) {
        requireOneWay(one.send(), other.receive());
        requireOneWay(other.send(), one.receive());
    }

    private static void requireOneWay(CipherState from, CipherState to) {
        byte[] plaintext = {1, 2, 3};
        var sealed = new byte[plaintext.length + CipherState.TAG_BYTES];
        from.seal(plaintext, 0, plaintext.length, sealed, 0);
        var opened = new byte[plaintext.length];
        to.open(sealed, 0, sealed.length, opened, 0);
        requireEqual(plaintext, opened, "opened by the other side");
    }
}
