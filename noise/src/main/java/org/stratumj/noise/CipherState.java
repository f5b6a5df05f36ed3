package org.stratumj.noise;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/// One direction of an encrypted session: ChaCha20-Poly1305 with a key and a counter as nonce. Spec: 04 §4.4.1.
///
/// Both sides count alike, so every sealed message must be opened exactly once and in order. The cipher comes from the
/// security providers of the JDK, in their configured order.
///
/// Not thread-safe: one owner at a time, usually the lane of the connection.
public final class CipherState {
    /// Bytes of the authentication tag at the end of each ciphertext.
    public static final int TAG_BYTES = 16;

    /// Most bytes of a Noise message, tag included.
    public static final int CIPHERTEXT_BYTES_MAX = 65535;

    /// Most bytes that one message can carry.
    public static final int PLAINTEXT_BYTES_MAX = CIPHERTEXT_BYTES_MAX - TAG_BYTES;

    /// Bytes of a key.
    public static final int KEY_BYTES = 32;

    private final AeadKey key;
    private final byte[] nonceBytes = new byte[12];
    private Cipher cipher = newCipher();
    private long nonce;

    private CipherState(byte[] key, long nonce) {
        this.key = new AeadKey(key);
        this.nonce = nonce;
    }

    /// Makes a cipher state that starts with nonce 0.
    ///
    /// @param key 32 bytes; copied, so the caller erases its own
    public static CipherState of(byte[] key) {
        return new CipherState(key, 0);
    }

    static CipherState startingAt(long nonce, byte[] key) {
        return new CipherState(key, nonce);
    }

    /// Encrypts one message with empty associated data and moves on to the next nonce. The two ranges may be the same
    /// array if they begin at the same place or do not overlap.
    ///
    /// @param length 0 to [#PLAINTEXT_BYTES_MAX]
    /// @return the bytes written, `length +` [#TAG_BYTES]
    /// @throws IllegalStateException after 2^64 − 1 messages, or when destroyed
    public int seal(byte[] plaintext, int offset, int length, byte[] into, int intoOffset) {
        return seal(NO_ASSOCIATED_DATA, plaintext, offset, length, into, intoOffset);
    }

    /// Decrypts and authenticates one message with empty associated data and moves on to the next nonce. The two ranges
    /// may be the same array if they begin at the same place or do not overlap. On failure `into` holds
    /// no plaintext.
    ///
    /// @param length [#TAG_BYTES] to [#CIPHERTEXT_BYTES_MAX]
    /// @return the bytes written, `length −` [#TAG_BYTES]
    /// @throws TransportException if the message is not authentic; the nonce stays, the session is to be ended
    /// @throws IllegalStateException after 2^64 − 1 messages, or when destroyed
    public int open(byte[] ciphertext, int offset, int length, byte[] into, int intoOffset) {
        try {
            return open(NO_ASSOCIATED_DATA, ciphertext, offset, length, into, intoOffset);
        } catch (AEADBadTagException e) {
            throw new TransportException("message " + Long.toUnsignedString(nonce) + " is not authentic");
        }
    }

    /// Returns the nonce of the next message, unsigned: the number of messages so far.
    public long nonce() {
        return nonce;
    }

    /// Erases the key. Any later use fails.
    public void destroy() {
        if (key.isDestroyed()) {
            return;
        }
        key.destroy();
        overwriteCipher();
    }

    /// Tells whether the key has been erased.
    public boolean isDestroyed() {
        return key.isDestroyed();
    }

    @Override
    public String toString() {
        return "CipherState[nonce=" + Long.toUnsignedString(nonce) + ", key=redacted]";
    }

    int seal(byte[] associatedData, byte[] plaintext, int offset, int length, byte[] into, int intoOffset) {
        requireRange("plaintext", length, 0, PLAINTEXT_BYTES_MAX);
        Objects.checkFromIndexSize(intoOffset, length + TAG_BYTES, into.length);
        try {
            int written = run(Cipher.ENCRYPT_MODE, associatedData, plaintext, offset, length, into, intoOffset);
            nonce++;
            return written;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not encrypt", e);
        }
    }

    int open(byte[] associatedData, byte[] ciphertext, int offset, int length, byte[] into, int intoOffset)
            throws AEADBadTagException {
        requireRange("ciphertext", length, TAG_BYTES, CIPHERTEXT_BYTES_MAX);
        Objects.checkFromIndexSize(intoOffset, length - TAG_BYTES, into.length);
        try {
            int written = run(Cipher.DECRYPT_MODE, associatedData, ciphertext, offset, length, into, intoOffset);
            nonce++;
            return written;
        } catch (AEADBadTagException e) {
            cipher = newCipher(); // a JDK cipher refuses to see the same nonce twice, but nothing was used up here
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not decrypt", e);
        }
    }

    private int run(int mode, byte[] associatedData, byte[] from, int offset, int length, byte[] into, int intoOffset)
            throws GeneralSecurityException {
        if (key.isDestroyed()) {
            throw new IllegalStateException("the key has been erased");
        }
        cipher.init(mode, key, nextNonce());
        cipher.updateAAD(associatedData);
        return cipher.doFinal(from, offset, length, into, intoOffset);
    }

    /// Four zero bytes and the counter, little-endian. The last value is reserved by the Noise framework.
    private AlgorithmParameterSpec nextNonce() {
        if (nonce == NONCE_RESERVED) {
            throw new IllegalStateException("all nonces of this key are used up");
        }
        for (int i = 0; i < Long.BYTES; i++) {
            nonceBytes[4 + i] = (byte) (nonce >>> (8 * i));
        }
        return new IvParameterSpec(nonceBytes);
    }

    /// A cipher keeps its last key inside: give it another one.
    private void overwriteCipher() {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, new AeadKey(new byte[KEY_BYTES]), new IvParameterSpec(new byte[12]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not take a key", e);
        }
    }

    private static void requireRange(String what, int length, int min, int max) {
        if (length < min || length > max) {
            throw new IllegalArgumentException(what + " of " + length + " bytes, not " + min + " to " + max);
        }
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no security provider offers ChaCha20-Poly1305", e);
        }
    }

    private static final byte[] NO_ASSOCIATED_DATA = {};
    private static final long NONCE_RESERVED = -1L;
}
