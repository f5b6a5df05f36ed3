package org.stratumj.noise;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import org.stratumj.noise.HandshakeException.Fault;
import org.stratumj.noise.aead.Aeads;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1.Side;

/// The client's side of one handshake: sends act 1, reads act 2, checks the certificate. Spec: 04 §4.5.
///
/// ```text
/// start ── act1() → 64 bytes ──▶ waiting ── readAct2(234 bytes) ──▶ Completed, or HandshakeException
/// ```
///
/// Serves one handshake, not thread-safe.
public final class HandshakeInitiator {
    /// Bytes of act 1, client to server.
    public static final int ACT1_BYTES = Secp256k1.ELLSWIFT_BYTES;

    /// Bytes of act 2, server to client: an encoded key, an encrypted encoded key, an encrypted certificate.
    public static final int ACT2_BYTES = 234;

    private static final int STATIC_OFFSET = Secp256k1.ELLSWIFT_BYTES;
    private static final int CERTIFICATE_OFFSET = STATIC_OFFSET + Secp256k1.ELLSWIFT_BYTES + CipherState.TAG_BYTES;

    private final StaticKeyPair ephemeral;
    private final CertificatePolicy policy;
    private final Secp256k1 curve;
    private final InstantSource clock;
    private final SymmetricState symmetric = new SymmetricState(Aeads.best());
    private boolean finished;

    HandshakeInitiator(StaticKeyPair ephemeral, CertificatePolicy policy, Secp256k1 curve, InstantSource clock) {
        this.ephemeral = ephemeral;
        this.policy = policy;
        this.curve = curve;
        this.clock = clock;
        symmetric.mixHash(ephemeral.encoding());
        symmetric.mixHash(new byte[0]);
    }

    /// Begins a handshake with a fresh ephemeral key.
    ///
    /// @param policy which certificate is accepted
    /// @param clock  tells whether the certificate is valid when act 2 arrives
    /// @param random makes the ephemeral key
    public static HandshakeInitiator start(
            CertificatePolicy policy, Secp256k1 curve, InstantSource clock, SecureRandom random) {
        return new HandshakeInitiator(StaticKeyPair.generate(curve, random), policy, curve, clock);
    }

    /// Returns act 1, 64 bytes to be sent as they are.
    public byte[] act1() {
        return ephemeral.encoding();
    }

    /// Reads act 2 and ends the handshake, whether it succeeds or not; the ephemeral key is erased.
    ///
    /// @param act2 [#ACT2_BYTES] bytes
    /// @throws HandshakeException if the server is not the one it should be, or the bytes were altered
    /// @throws IllegalStateException if the handshake has ended before
    public Completed readAct2(byte[] act2) {
        if (finished) {
            throw new IllegalStateException("the handshake has ended");
        }
        try {
            return read(act2);
        } finally {
            destroy();
        }
    }

    /// Ends the handshake without a result and erases its keys.
    public void destroy() {
        finished = true;
        ephemeral.destroy();
        symmetric.destroy();
    }

    private Completed read(byte[] act2) {
        if (act2.length != ACT2_BYTES) {
            throw new HandshakeException(
                    Fault.WRONG_LENGTH, "act 2 of the handshake has " + act2.length + " bytes, not " + ACT2_BYTES);
        }
        byte[] remoteEphemeral = Arrays.copyOf(act2, STATIC_OFFSET);
        symmetric.mixHash(remoteEphemeral);
        symmetric.mixKey(sharedSecretWith(remoteEphemeral));
        byte[] remoteStatic = symmetric.decryptAndHash(
                Arrays.copyOfRange(act2, STATIC_OFFSET, CERTIFICATE_OFFSET), "the server's key");
        symmetric.mixKey(sharedSecretWith(remoteStatic));
        byte[] certificateBytes =
                symmetric.decryptAndHash(Arrays.copyOfRange(act2, CERTIFICATE_OFFSET, ACT2_BYTES), "the certificate");
        Certificate certificate = Certificate.parse(certificateBytes);
        byte[] serverKey = curve.ellswiftDecode(remoteStatic);
        certificate.verify(serverKey, policy, clock.instant(), curve);
        CipherState[] ciphers = symmetric.split();
        return new Completed(new TransportCiphers(ciphers[0], ciphers[1]), certificate, serverKey);
    }

    private byte[] sharedSecretWith(byte[] remote) {
        return curve.sharedSecret(ephemeral.encoding(), remote, ephemeral.secret(), Side.INITIATOR);
    }

    /// A handshake that succeeded.
    public static final class Completed {
        private final TransportCiphers ciphers;
        private final Certificate certificate;
        private final byte[] serverKey;

        Completed(TransportCiphers ciphers, Certificate certificate, byte[] serverKey) {
            this.ciphers = ciphers;
            this.certificate = certificate;
            this.serverKey = serverKey;
        }

        /// Returns the ciphers of the session, as the client uses them.
        public TransportCiphers ciphers() {
            return ciphers;
        }

        /// Returns the certificate, which the policy accepted.
        public Certificate certificate() {
            return certificate;
        }

        /// Returns a copy of the server's static key, x-only, 32 bytes.
        public byte[] serverKey() {
            return serverKey.clone();
        }
    }
}
