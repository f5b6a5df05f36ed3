package org.stratumj.noise;

import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/// One direction of an encrypted session: ChaCha20-Poly1305 with a key and a counter as nonce. Spec: 04 §4.4.1.
///
/// Both sides count alike, so every sealed message must be opened exactly once and in order.
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
        key.destroy();
        ThreadCipher.forget();
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
        requireLength("plaintext", length, 0, PLAINTEXT_BYTES_MAX);
        Objects.checkFromIndexSize(offset, length, plaintext.length);
        Objects.checkFromIndexSize(intoOffset, length + TAG_BYTES, into.length);
        requireUsable();
        try {
            Cipher cipher = ThreadCipher.ready(Cipher.ENCRYPT_MODE, key, nonce);
            cipher.updateAAD(associatedData);
            int written = cipher.doFinal(plaintext, offset, length, into, intoOffset);
            nonce++;
            return written;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not encrypt", e);
        }
    }

    int open(byte[] associatedData, byte[] ciphertext, int offset, int length, byte[] into, int intoOffset)
            throws AEADBadTagException {
        requireLength("ciphertext", length, TAG_BYTES, CIPHERTEXT_BYTES_MAX);
        Objects.checkFromIndexSize(offset, length, ciphertext.length);
        Objects.checkFromIndexSize(intoOffset, length - TAG_BYTES, into.length);
        requireUsable();
        try {
            Cipher cipher = ThreadCipher.ready(Cipher.DECRYPT_MODE, key, nonce);
            cipher.updateAAD(associatedData);
            int written = cipher.doFinal(ciphertext, offset, length, into, intoOffset);
            nonce++;
            return written;
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not decrypt", e);
        }
    }

    private void requireUsable() {
        if (key.isDestroyed()) {
            throw new IllegalStateException("the key has been erased");
        }
        if (nonce == NONCE_RESERVED) {
            throw new IllegalStateException("all nonces of this key are used up");
        }
    }

    private static void requireLength(String what, int length, int min, int max) {
        if (length < min || length > max) {
            throw new IllegalArgumentException(what + " of " + length + " bytes, not " + min + " to " + max);
        }
    }

    private static final byte[] NO_ASSOCIATED_DATA = {};

    // The last value is reserved by the Noise framework.
    private static final long NONCE_RESERVED = -1L;
}
