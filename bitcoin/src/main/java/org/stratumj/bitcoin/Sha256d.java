package org.stratumj.bitcoin;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 applied twice, Bitcoin's hash of headers, transactions and merkle nodes.
///
/// An instance keeps its digest from one hash to the next and so belongs to one thread at a time;
/// [#hash(byte[]...)] is for the occasional hash and may be called from anywhere.
public final class Sha256d {
    private final MessageDigest digest = sha256();
    private final byte[] inner = new byte[Hash256.SIZE];

    /// A hasher to which nothing has been added.
    public Sha256d() {}

    /// The double hash of the concatenated parts.
    public static Hash256 hash(byte[]... parts) {
        Sha256d hasher = new Sha256d();
        for (byte[] part : parts) {
            hasher.update(part, 0, part.length);
        }
        return hasher.finish();
    }

    /// A new SHA-256 digest of the platform.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Adds `length` bytes from `offset` to the hash under way.
    public Sha256d update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    /// Adds the 32 bytes of a hash to the hash under way.
    public Sha256d update(Hash256 hash) {
        hash.copyTo(inner, 0);
        digest.update(inner);
        return this;
    }

    /// The double hash of everything added since the last one; ready for the next afterwards.
    public Hash256 finish() {
        byte[] result = new byte[Hash256.SIZE];
        finish(result, 0);
        return Hash256.owning(result);
    }

    /// Like [#finish()], writing the 32 bytes to `into` at `offset` and allocating nothing.
    public void finish(byte[] into, int offset) {
        try {
            digest.digest(inner, 0, inner.length);
            digest.update(inner);
            digest.digest(into, offset, Hash256.SIZE);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for " + Hash256.SIZE + " bytes at " + offset, e);
        }
    }
}
