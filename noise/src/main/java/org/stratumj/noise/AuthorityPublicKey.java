package org.stratumj.noise;

import java.util.Arrays;

/// The key that a client trusts for a server: an x-only secp256k1 key of 32 bytes. Its text form is what operators
/// hand out and what stands in pool URLs: base58check of `01 00` and the key. Spec: 04 §4.7.
///
/// Whether the 32 bytes are a point of the curve shows when a signature is verified: otherwise none holds.
public final class AuthorityPublicKey {
    private static final byte[] VERSION_PREFIX = {1, 0};

    private final byte[] bytes;

    private AuthorityPublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException if the text is not an authority key; the message says in what way
    public static AuthorityPublicKey parse(String text) {
        byte[] payload = decode(text);
        if (payload.length != VERSION_PREFIX.length + 32) {
            throw new IllegalArgumentException("authority key: " + payload.length + " bytes, not 34");
        }
        if (!Arrays.equals(payload, 0, VERSION_PREFIX.length, VERSION_PREFIX, 0, VERSION_PREFIX.length)) {
            throw new IllegalArgumentException("authority key: key version is not 1");
        }
        return new AuthorityPublicKey(Arrays.copyOfRange(payload, VERSION_PREFIX.length, payload.length));
    }

    /// Takes the 32 bytes, big-endian; they are copied.
    public static AuthorityPublicKey of(byte[] bytes) {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("authority key of " + bytes.length + " bytes, not 32");
        }
        return new AuthorityPublicKey(bytes.clone());
    }

    /// Returns a copy of the 32 bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Returns the text form, which [#parse] reads.
    @Override
    public String toString() {
        byte[] payload = Arrays.copyOf(VERSION_PREFIX, VERSION_PREFIX.length + 32);
        System.arraycopy(bytes, 0, payload, VERSION_PREFIX.length, 32);
        return Base58Check.encode(payload);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuthorityPublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    private static byte[] decode(String text) {
        try {
            return Base58Check.decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("authority key: " + e.getMessage(), e);
        }
    }
}
