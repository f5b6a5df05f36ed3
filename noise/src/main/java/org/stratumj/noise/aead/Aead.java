package org.stratumj.noise.aead;

/// ChaCha20-Poly1305 (RFC 8439) with the nonce of the Noise framework: four zero bytes, then a 64-bit counter,
/// little-endian. Spec: 04 §4.3.
///
/// Providers are thread-safe, their keys are not. Both providers take the same time for every key.
public interface Aead {
    /// Bytes of a key.
    int KEY_BYTES = 32;

    /// Bytes of the authentication tag at the end of each ciphertext.
    int TAG_BYTES = 16;

    /// Most bytes of a ciphertext, tag included: that of a Noise message.
    int CIPHERTEXT_BYTES_MAX = 65535;

    /// Most bytes of a plaintext.
    int PLAINTEXT_BYTES_MAX = CIPHERTEXT_BYTES_MAX - TAG_BYTES;

    /// Most bytes of associated data; the handshake uses 32.
    int ASSOCIATED_DATA_BYTES_MAX = 1024;

    /// Returns the name of the provider, for logs.
    String name();

    /// Makes a key.
    ///
    /// @param bytes [#KEY_BYTES] bytes; copied, so the caller erases its own
    AeadKey key(byte[] bytes);
}
