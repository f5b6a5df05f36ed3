package org.stratumj.noise.secp256k1;

/// The operations on the curve secp256k1 that Stratum V2 needs: ElligatorSwift keys and their Diffie-Hellman (BIP 324),
/// x-only keys and Schnorr signatures (BIP 340). Numbers are big-endian, as in both BIPs. Spec: 04 §4.3.
///
/// Providers are thread-safe. Wrong sizes are an [IllegalArgumentException].
public interface Secp256k1 {
    /// Bytes of a secret key, an x-only public key, a message digest and of auxiliary randomness.
    int SCALAR_BYTES = 32;

    /// Bytes of an ElligatorSwift encoding.
    int ELLSWIFT_BYTES = 64;

    /// Bytes of a Schnorr signature.
    int SIGNATURE_BYTES = 64;

    /// Returns the name of the provider, for logs.
    String name();

    /// Tells whether the operations take the same time for every secret, so that a peer who measures learns nothing.
    boolean constantTime();

    /// Tells whether the 32 bytes are a secret key: 1 to n − 1, n being the order of the curve.
    boolean isValid(SecretKey secret);

    /// Returns the x coordinate of the public key of a secret, 32 bytes.
    byte[] xOnlyPublicKey(SecretKey secret);

    /// Encodes the public key of a secret as 64 bytes that look random (XElligatorSwift of BIP 324). There are about
    /// 2^256 encodings of each key; the randomness chooses one.
    ///
    /// @param auxiliaryRandom 32 bytes
    byte[] ellswiftCreate(SecretKey secret, byte[] auxiliaryRandom);

    /// Decodes 64 bytes to the x coordinate of the key they stand for, 32 bytes. Every 64 bytes stand for a key.
    byte[] ellswiftDecode(byte[] encoding);

    /// Computes the shared secret of two encoded keys (x-only Diffie-Hellman of BIP 324), 32 bytes, the same for both
    /// sides. The result is secret; the caller erases it.
    ///
    /// @param initiator the 64 bytes of the side that began, whoever computes
    /// @param responder the 64 bytes of the other side
    /// @param secret    the secret behind the own encoding
    /// @param own       which of the two encodings is the own one
    byte[] sharedSecret(byte[] initiator, byte[] responder, SecretKey secret, Side own);

    /// Signs a message (BIP 340).
    ///
    /// @param message         any number of bytes; 32 in Stratum V2, which signs digests
    /// @param auxiliaryRandom 32 bytes
    /// @return 64 bytes
    byte[] sign(SecretKey secret, byte[] message, byte[] auxiliaryRandom);

    /// Verifies a signature (BIP 340). A key that is not on the curve verifies nothing.
    ///
    /// @param publicKey 32 bytes, x-only
    /// @param message   any number of bytes
    /// @param signature 64 bytes
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);

    /// The two sides of a key agreement.
    enum Side {
        /// The side that sent its key first: the client.
        INITIATOR,
        /// The side that answered: the server.
        RESPONDER
    }
}
