package org.stratumj.noise;

import java.security.SecureRandom;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.SecretKey;

/// A key pair of the handshake: a secret and its public key in ElligatorSwift form. The same shape serves a server's
/// static key, which the certificate names, and the ephemeral keys of one handshake.
public final class StaticKeyPair {
    private final SecretKey secret;
    private final byte[] encoding;

    private StaticKeyPair(SecretKey secret, byte[] encoding) {
        this.secret = secret;
        this.encoding = encoding;
    }

    /// Makes a fresh pair.
    public static StaticKeyPair generate(Secp256k1 curve, SecureRandom random) {
        return of(SecretKey.generate(curve, random), curve, random);
    }

    /// Makes the pair of a known secret, with a fresh encoding of its public key. The pair owns the secret from now on.
    ///
    /// @throws IllegalArgumentException if the secret is not a key of the curve
    public static StaticKeyPair of(SecretKey secret, Secp256k1 curve, SecureRandom random) {
        if (!curve.isValid(secret)) {
            throw new IllegalArgumentException("static key: not a number between 1 and n − 1");
        }
        byte[] auxiliaryRandom = new byte[Secp256k1.SCALAR_BYTES];
        random.nextBytes(auxiliaryRandom);
        return new StaticKeyPair(secret, curve.ellswiftCreate(secret, auxiliaryRandom));
    }

    /// For a pair with a given encoding: encodings are chosen at random, so only this reproduces a handshake.
    static StaticKeyPair withEncoding(SecretKey secret, byte[] encoding) {
        return new StaticKeyPair(secret, encoding.clone());
    }

    /// Returns a copy of the 64 bytes that go over the wire.
    public byte[] encoding() {
        return encoding.clone();
    }

    /// Returns the x-only public key, 32 bytes, as a certificate signs it.
    public byte[] publicKey(Secp256k1 curve) {
        return curve.xOnlyPublicKey(secret);
    }

    /// Erases the secret. Any later use of it fails.
    public void destroy() {
        secret.destroy();
    }

    SecretKey secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "StaticKeyPair[redacted]";
    }
}
