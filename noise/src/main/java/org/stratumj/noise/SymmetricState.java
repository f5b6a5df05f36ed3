package org.stratumj.noise;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;
import org.stratumj.noise.HandshakeException.Fault;
import org.stratumj.noise.aead.Aead;

/// What both sides know of a handshake at each moment: the chaining key, the hash of everything sent, and from the
/// first key agreement on a cipher. Spec: 04 §4.4.2.
final class SymmetricState {
    private static final byte[] PROTOCOL_NAME =
            "Noise_NX_Secp256k1+EllSwift_ChaChaPoly_SHA256".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = {};

    private final Aead aead;
    private byte[] chainingKey = Sha256.hash(PROTOCOL_NAME);
    private byte[] hash = Sha256.hash(chainingKey);
    private @Nullable CipherState cipher;

    SymmetricState(Aead aead) {
        this.aead = aead;
    }

    void mixHash(byte[] data) {
        hash = Sha256.hash(hash, data);
    }

    /// Takes over the input key material and erases it.
    void mixKey(byte[] inputKeyMaterial) {
        byte[][] outputs = hkdf(inputKeyMaterial);
        destroy();
        chainingKey = outputs[0];
        cipher = CipherState.of(outputs[1], aead);
        erase(inputKeyMaterial, outputs[1]);
    }

    byte[] encryptAndHash(byte[] plaintext) {
        byte[] ciphertext = new byte[plaintext.length + CipherState.TAG_BYTES];
        keyed().seal(hash, plaintext, 0, plaintext.length, ciphertext, 0);
        mixHash(ciphertext);
        return ciphertext;
    }

    /// @param part what the plaintext is, for the message of the exception
    /// @throws HandshakeException with [Fault#BAD_TAG]
    byte[] decryptAndHash(byte[] ciphertext, String part) {
        byte[] plaintext = new byte[ciphertext.length - CipherState.TAG_BYTES];
        if (!keyed().open(hash, ciphertext, 0, ciphertext.length, plaintext, 0)) {
            throw new HandshakeException(Fault.BAD_TAG, part + " in act 2 of the handshake is not authentic");
        }
        mixHash(ciphertext);
        return plaintext;
    }

    /// Ends the handshake: the first cipher is for initiator → responder, the second for responder → initiator.
    CipherState[] split() {
        byte[][] keys = hkdf(EMPTY);
        CipherState[] ciphers = {CipherState.of(keys[0], aead), CipherState.of(keys[1], aead)};
        erase(keys);
        destroy();
        return ciphers;
    }

    void destroy() {
        erase(chainingKey);
        if (cipher != null) {
            cipher.destroy();
        }
    }

    byte[] hash() {
        return hash.clone();
    }

    byte[] chainingKey() {
        return chainingKey.clone();
    }

    private CipherState keyed() {
        if (cipher == null) {
            throw new IllegalStateException("no key has been agreed on yet");
        }
        return cipher;
    }

    /// The HKDF of Noise with two outputs is that of RFC 5869 with the chaining key as salt, no info, 64 bytes.
    private byte[][] hkdf(byte[] inputKeyMaterial) {
        try {
            byte[] okm = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addSalt(chainingKey)
                            .addIKM(inputKeyMaterial)
                            .thenExpand(EMPTY, 64));
            byte[][] outputs = {Arrays.copyOf(okm, 32), Arrays.copyOfRange(okm, 32, 64)};
            erase(okm);
            return outputs;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no security provider offers HKDF-SHA256", e);
        }
    }

    private static void erase(byte[]... secrets) {
        for (byte[] secret : secrets) {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
