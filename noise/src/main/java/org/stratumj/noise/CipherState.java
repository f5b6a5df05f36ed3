package org.stratumj.noise;

import org.stratumj.noise.aead.Aead;
import org.stratumj.noise.aead.AeadKey;
import org.stratumj.noise.aead.Aeads;

/// One direction of an encrypted session: ChaCha20-Poly1305 with a key and a counter as nonce. Spec: 04 §4.4.1.
///
/// Both sides count alike, so every sealed message must be opened exactly once and in order.
///
/// Not thread-safe: one owner at a time, usually the lane of the connection.
public final class CipherState {
    /// Bytes of the authentication tag at the end of each ciphertext.
    public static final int TAG_BYTES = Aead.TAG_BYTES;

    /// Most bytes of a Noise message, tag included.
    public static final int CIPHERTEXT_BYTES_MAX = Aead.CIPHERTEXT_BYTES_MAX;

    /// Most bytes that one message can carry.
    public static final int PLAINTEXT_BYTES_MAX = Aead.PLAINTEXT_BYTES_MAX;

    /// Bytes of a key.
    public static final int KEY_BYTES = Aead.KEY_BYTES;

    private final AeadKey key;
    private long nonce;

    private CipherState(AeadKey key, long nonce) {
        this.key = key;
        this.nonce = nonce;
    }

    /// Makes a cipher state that starts with nonce 0, on the best provider of this platform.
    ///
    /// @param key 32 bytes; copied, so the caller erases its own
    public static CipherState of(byte[] key) {
        return of(key, Aeads.best());
    }

    /// Makes a cipher state that starts with nonce 0, on a certain provider.
    ///
    /// @param key 32 bytes; copied, so the caller erases its own
    public static CipherState of(byte[] key, Aead aead) {
        return startingAt(0, key, aead);
    }

    static CipherState startingAt(long nonce, byte[] key, Aead aead) {
        return new CipherState(aead.key(key), nonce);
    }

    /// Encrypts one message with empty associated data and moves on to the next nonce. The two ranges may be the same
    /// array if they begin at the same place or do not overlap; any other overlap is an [IllegalArgumentException].
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
        if (!open(NO_ASSOCIATED_DATA, ciphertext, offset, length, into, intoOffset)) {
            throw new TransportException("message " + Long.toUnsignedString(nonce) + " is not authentic");
        }
        return length - TAG_BYTES;
    }

    /// Returns the nonce of the next message, unsigned: the number of messages so far.
    public long nonce() {
        return nonce;
    }

    /// Erases the key. Any later use fails.
    public void destroy() {
        key.destroy();
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
        requireNonce();
        int written = key.seal(nonce, associatedData, plaintext, offset, length, into, intoOffset);
        nonce++;
        return written;
    }

    /// Returns whether the message is authentic; the nonce stays if it is not.
    boolean open(byte[] associatedData, byte[] ciphertext, int offset, int length, byte[] into, int intoOffset) {
        requireNonce();
        boolean authentic = key.open(nonce, associatedData, ciphertext, offset, length, into, intoOffset);
        if (authentic) {
            nonce++;
        }
        return authentic;
    }

    private void requireNonce() {
        if (nonce == NONCE_RESERVED) {
            throw new IllegalStateException("all nonces of this key are used up");
        }
    }

    private static final byte[] NO_ASSOCIATED_DATA = {};

    // The last value is reserved by the Noise framework.
    private static final long NONCE_RESERVED = -1L;
}
