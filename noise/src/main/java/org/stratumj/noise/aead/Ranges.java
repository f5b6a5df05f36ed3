package org.stratumj.noise.aead;

import java.util.Objects;

/// What both providers insist on before they touch a byte; the native one would write beyond the end otherwise.
final class Ranges {
    private Ranges() {}

    static void requireKey(byte[] key) {
        if (key.length != Aead.KEY_BYTES) {
            throw new IllegalArgumentException("key of " + key.length + " bytes, not " + Aead.KEY_BYTES);
        }
    }

    static void requirePlaintext(
            byte[] associatedData, byte[] plaintext, int offset, int length, byte[] into, int intoOffset) {
        requireLength("associated data", associatedData.length, 0, Aead.ASSOCIATED_DATA_BYTES_MAX);
        requireLength("plaintext", length, 0, Aead.PLAINTEXT_BYTES_MAX);
        require(plaintext, offset, length, into, intoOffset, length + Aead.TAG_BYTES);
    }

    static void requireCiphertext(
            byte[] associatedData, byte[] ciphertext, int offset, int length, byte[] into, int intoOffset) {
        requireLength("associated data", associatedData.length, 0, Aead.ASSOCIATED_DATA_BYTES_MAX);
        requireLength("ciphertext", length, Aead.TAG_BYTES, Aead.CIPHERTEXT_BYTES_MAX);
        require(ciphertext, offset, length, into, intoOffset, length - Aead.TAG_BYTES);
    }

    private static void requireLength(String what, int length, int min, int max) {
        if (length < min || length > max) {
            throw new IllegalArgumentException(what + " of " + length + " bytes, not " + min + " to " + max);
        }
    }

    @SuppressWarnings("ReferenceEquality") // equal bytes in two arrays do not overlap
    private static void require(byte[] from, int offset, int length, byte[] into, int intoOffset, int intoLength) {
        Objects.checkFromIndexSize(offset, length, from.length);
        Objects.checkFromIndexSize(intoOffset, intoLength, into.length);
        boolean overlap = from == into && offset < intoOffset + intoLength && intoOffset < offset + length;
        if (overlap && offset != intoOffset) {
            throw new IllegalArgumentException(length + " bytes at " + offset + " overlap what is written at "
                    + intoOffset + " of the same array");
        }
    }
}
