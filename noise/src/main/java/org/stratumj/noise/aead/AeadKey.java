package org.stratumj.noise.aead;

/// A key that seals and opens messages. A nonce must never seal two of them; that is up to the caller.
///
/// Input and output may be the same array if they begin at the same place or do not overlap. Not thread-safe: one owner
/// at a time.
public interface AeadKey {
    /// Encrypts one message.
    ///
    /// @param nonce          the counter, unsigned
    /// @param associatedData authenticated with the message; up to [Aead#ASSOCIATED_DATA_BYTES_MAX] bytes
    /// @param length         0 to [Aead#PLAINTEXT_BYTES_MAX]
    /// @return the bytes written, `length +` [Aead#TAG_BYTES]
    /// @throws IllegalArgumentException if a length is another, or the ranges overlap in any other way
    /// @throws IndexOutOfBoundsException if a range is not inside its array
    /// @throws IllegalStateException if the key has been erased
    int seal(long nonce, byte[] associatedData, byte[] plaintext, int offset, int length, byte[] into, int intoOffset);

    /// Decrypts one message, of which `length −` [Aead#TAG_BYTES] bytes are written.
    ///
    /// @param nonce          the counter, unsigned
    /// @param associatedData as it was sealed
    /// @param length         [Aead#TAG_BYTES] to [Aead#CIPHERTEXT_BYTES_MAX]
    /// @return whether the message is authentic; `into` holds no plaintext if it is not
    /// @throws IllegalArgumentException if a length is another, or the ranges overlap in any other way
    /// @throws IndexOutOfBoundsException if a range is not inside its array
    /// @throws IllegalStateException if the key has been erased
    boolean open(
            long nonce, byte[] associatedData, byte[] ciphertext, int offset, int length, byte[] into, int intoOffset);

    /// Erases the key. Any later use fails.
    void destroy();

    /// Tells whether the key has been erased.
    boolean isDestroyed();
}
