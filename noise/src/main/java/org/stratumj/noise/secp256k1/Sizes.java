package org.stratumj.noise.secp256k1;

/// The sizes that both providers insist on; the native one would read beyond the end otherwise.
final class Sizes {
    private Sizes() {}

    static void requireScalar(String what, byte[] bytes) {
        require(what, bytes, Secp256k1.SCALAR_BYTES);
    }

    static void requireEllswift(byte[] bytes) {
        require("ElligatorSwift encoding", bytes, Secp256k1.ELLSWIFT_BYTES);
    }

    static void requireSignature(byte[] bytes) {
        require("signature", bytes, Secp256k1.SIGNATURE_BYTES);
    }

    private static void require(String what, byte[] bytes, int size) {
        if (bytes.length != size) {
            throw new IllegalArgumentException(what + " of " + bytes.length + " bytes, not " + size);
        }
    }
}
