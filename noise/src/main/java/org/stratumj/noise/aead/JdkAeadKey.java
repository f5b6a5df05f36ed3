package org.stratumj.noise.aead;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/// A key as the JDK's ciphers take it, which can be erased (the JDK's own key class cannot).
@SuppressWarnings("serial") // a key that lives in memory only; the JDK's interface happens to be serializable
final class JdkAeadKey implements AeadKey, SecretKey {
    private final transient byte[] bytes;
    private final transient int noncePrefix;
    private transient boolean destroyed;

    JdkAeadKey(byte[] bytes) {
        this(bytes, 0);
    }

    /// @param noncePrefix first four bytes of each nonce, little-endian: 0 in Noise, others in test vectors
    JdkAeadKey(byte[] bytes, int noncePrefix) {
        Ranges.requireKey(bytes);
        this.bytes = bytes.clone();
        this.noncePrefix = noncePrefix;
    }

    @Override
    public int seal(
            long nonce, byte[] associatedData, byte[] plaintext, int offset, int length, byte[] into, int intoOffset) {
        Ranges.requirePlaintext(associatedData, plaintext, offset, length, into, intoOffset);
        requireUsable();
        try {
            Cipher cipher = ThreadCipher.ready(Cipher.ENCRYPT_MODE, this, nonce);
            cipher.updateAAD(associatedData);
            return cipher.doFinal(plaintext, offset, length, into, intoOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not encrypt", e);
        }
    }

    @Override
    public boolean open(
            long nonce, byte[] associatedData, byte[] ciphertext, int offset, int length, byte[] into, int intoOffset) {
        Ranges.requireCiphertext(associatedData, ciphertext, offset, length, into, intoOffset);
        requireUsable();
        try {
            Cipher cipher = ThreadCipher.ready(Cipher.DECRYPT_MODE, this, nonce);
            cipher.updateAAD(associatedData);
            cipher.doFinal(ciphertext, offset, length, into, intoOffset);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not decrypt", e);
        }
    }

    @Override
    public String getAlgorithm() {
        return "ChaCha20";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    /// Erases the key, and drops the cipher of the calling thread, which may know it still.
    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
        ThreadCipher.forget();
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "AeadKey[redacted]";
    }

    int noncePrefix() {
        return noncePrefix;
    }

    private void requireUsable() {
        if (destroyed) {
            throw new IllegalStateException("the key has been erased");
        }
    }
}
