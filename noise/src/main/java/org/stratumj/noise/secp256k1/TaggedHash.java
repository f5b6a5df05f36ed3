package org.stratumj.noise.secp256k1;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 bound to a purpose: the digest of the name of the purpose twice, then the data (BIP 340).
final class TaggedHash {
    private final byte[] tag;

    TaggedHash(String name) {
        this.tag = sha256().digest(name.getBytes(StandardCharsets.US_ASCII));
    }

    byte[] of(byte[]... parts) {
        MessageDigest digest = sha256();
        digest.update(tag);
        digest.update(tag);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no security provider offers SHA-256", e);
        }
    }
}
