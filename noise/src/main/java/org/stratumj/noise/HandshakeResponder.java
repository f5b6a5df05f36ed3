package org.stratumj.noise;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.stratumj.noise.HandshakeException.Fault;
import org.stratumj.noise.aead.Aead;
import org.stratumj.noise.aead.Aeads;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1.Side;

/// The server's side of handshakes: answers act 1 with act 2 and has the ciphers at once, since the client sends
/// nothing more. Spec: 04 §4.5.
///
/// One responder serves all connections of a listener, from any number of threads. An answer costs three operations on
/// the curve, so a server does not compute it where it must not wait.
public final class HandshakeResponder {
    private final StaticKeyPair staticKey;
    private final CertificateSource certificates;
    private final Secp256k1 curve;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Aead aead = Aeads.best(); // chosen when a listener begins, not while its first client waits

    /// Makes a responder.
    ///
    /// @param staticKey    the server's key; the owner erases it when no handshake is to be answered any more
    /// @param certificates gives certificates of that key
    /// @param curve        should be constant-time, since peers can measure how long an answer takes
    public HandshakeResponder(
            StaticKeyPair staticKey,
            CertificateSource certificates,
            Secp256k1 curve,
            InstantSource clock,
            SecureRandom random) {
        this.staticKey = staticKey;
        this.certificates = certificates;
        this.curve = curve;
        this.clock = clock;
        this.random = random;
    }

    /// Answers one client. Any 64 bytes are a key, so a client that speaks another protocol is noticed only with its
    /// first frame.
    ///
    /// @param act1 [HandshakeInitiator#ACT1_BYTES] bytes
    /// @throws HandshakeException if their number is wrong
    public Completed respond(byte[] act1) {
        return respond(act1, StaticKeyPair.generate(curve, random));
    }

    Completed respond(byte[] act1, StaticKeyPair ephemeral) {
        SymmetricState symmetric = new SymmetricState(aead);
        try {
            return answer(act1, ephemeral, symmetric);
        } finally {
            ephemeral.destroy();
            symmetric.destroy();
        }
    }

    private Completed answer(byte[] act1, StaticKeyPair ephemeral, SymmetricState symmetric) {
        if (act1.length != HandshakeInitiator.ACT1_BYTES) {
            throw new HandshakeException(
                    Fault.WRONG_LENGTH,
                    "act 1 of the handshake has " + act1.length + " bytes, not " + HandshakeInitiator.ACT1_BYTES);
        }
        symmetric.mixHash(act1);
        symmetric.mixHash(new byte[0]);
        symmetric.mixHash(ephemeral.encoding());
        symmetric.mixKey(sharedSecret(act1, ephemeral));
        byte[] encryptedStatic = symmetric.encryptAndHash(staticKey.encoding());
        symmetric.mixKey(sharedSecret(act1, staticKey));
        byte[] certificate = certificates.at(clock.instant()).bytes();
        byte[] encryptedCertificate = symmetric.encryptAndHash(certificate);
        CipherState[] ciphers = symmetric.split();
        return new Completed(
                concat(ephemeral.encoding(), encryptedStatic, encryptedCertificate),
                new TransportCiphers(ciphers[1], ciphers[0]));
    }

    private byte[] sharedSecret(byte[] remote, StaticKeyPair own) {
        return curve.sharedSecret(remote, own.encoding(), own.secret(), Side.RESPONDER);
    }

    private static byte[] concat(byte[] ephemeral, byte[] encryptedStatic, byte[] encryptedCertificate) {
        byte[] act2 = new byte[HandshakeInitiator.ACT2_BYTES];
        System.arraycopy(ephemeral, 0, act2, 0, ephemeral.length);
        System.arraycopy(encryptedStatic, 0, act2, ephemeral.length, encryptedStatic.length);
        System.arraycopy(
                encryptedCertificate, 0, act2, ephemeral.length + encryptedStatic.length, encryptedCertificate.length);
        return act2;
    }

    /// A handshake as the server sees it: act 2 is still to be sent.
    public static final class Completed {
        private final byte[] act2;
        private final TransportCiphers ciphers;

        Completed(byte[] act2, TransportCiphers ciphers) {
            this.act2 = act2;
            this.ciphers = ciphers;
        }

        /// Returns act 2, 234 bytes to be sent as they are.
        public byte[] act2() {
            return act2.clone();
        }

        /// Returns the ciphers of the session, as the server uses them.
        public TransportCiphers ciphers() {
            return ciphers;
        }
    }
}
