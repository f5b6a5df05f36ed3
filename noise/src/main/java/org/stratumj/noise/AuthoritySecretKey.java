package org.stratumj.noise;

import java.security.SecureRandom;
import java.util.Arrays;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.SecretKey;

/// The key with which an operator certifies the static keys of servers. Its text form is base58check of the bare
/// 32 bytes, as other Stratum V2 software stores it.
public final class AuthoritySecretKey {
    private final SecretKey secret;

    private AuthoritySecretKey(SecretKey secret) {
        this.secret = secret;
    }

    /// Makes a fresh key.
    public static AuthoritySecretKey generate(Secp256k1 curve, SecureRandom random) {
        return new AuthoritySecretKey(SecretKey.generate(curve, random));
    }

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException if the text is not a secret key; the message does not repeat any of it
    public static AuthoritySecretKey parse(String text, Secp256k1 curve) {
        byte[] bytes = decode(text);
        try {
            if (bytes.length != Secp256k1.SCALAR_BYTES) {
                throw new IllegalArgumentException("authority secret key: " + bytes.length + " bytes, not 32");
            }
            SecretKey secret = SecretKey.of(bytes);
            if (!curve.isValid(secret)) {
                throw new IllegalArgumentException("authority secret key: not a number between 1 and n − 1");
            }
            return new AuthoritySecretKey(secret);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// Returns the text form, to be stored where only the operator reads it. It cannot be erased from memory.
    public String secretText() {
        byte[] bytes = secret.bytes();
        try {
            return Base58Check.encode(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// Returns the public key, to be handed to clients.
    public AuthorityPublicKey publicKey(Secp256k1 curve) {
        return AuthorityPublicKey.of(curve.xOnlyPublicKey(secret));
    }

    /// Signs a digest of 32 bytes (BIP 340) and returns the 64 bytes of the signature.
    public byte[] sign(byte[] digest, Secp256k1 curve, SecureRandom random) {
        byte[] auxiliaryRandom = new byte[Secp256k1.SCALAR_BYTES];
        random.nextBytes(auxiliaryRandom);
        return curve.sign(secret, digest, auxiliaryRandom);
    }

    /// Erases the key. Any later use fails.
    public void destroy() {
        secret.destroy();
    }

    /// Compares in a time that does not depend on the bytes.
    @Override
    public boolean equals(Object other) {
        return other instanceof AuthoritySecretKey that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    @Override
    public String toString() {
        return "AuthoritySecretKey[redacted]";
    }

    private static byte[] decode(String text) {
        try {
            return Base58Check.decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("authority secret key: " + e.getMessage(), e);
        }
    }
}
