package org.stratumj.noise.secp256k1;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.Arrays;

/// A secret key of the curve: 32 bytes, big-endian, kept outside the Java heap, where no garbage collection copies
/// them.
///
/// Any 32 bytes can be held; [Secp256k1#isValid] tells whether they are a key. Used by one thread at a time while it is
/// being destroyed, by any number otherwise.
public final class SecretKey {
    private final MemorySegment bytes = Arena.ofAuto().allocate(Secp256k1.SCALAR_BYTES);
    private volatile boolean destroyed;

    private SecretKey(byte[] bytes) {
        MemorySegment.copy(bytes, 0, this.bytes, ValueLayout.JAVA_BYTE, 0, Secp256k1.SCALAR_BYTES);
    }

    /// Makes a fresh key, 1 to n − 1.
    public static SecretKey generate(Secp256k1 curve, SecureRandom random) {
        byte[] candidate = new byte[Secp256k1.SCALAR_BYTES];
        while (true) {
            random.nextBytes(candidate);
            SecretKey secret = of(candidate);
            Arrays.fill(candidate, (byte) 0);
            if (curve.isValid(secret)) {
                return secret;
            }
        }
    }

    /// Makes a key of its 32 bytes, which are copied: the caller erases its own.
    public static SecretKey of(byte[] bytes) {
        if (bytes.length != Secp256k1.SCALAR_BYTES) {
            throw new IllegalArgumentException("secret key of " + bytes.length + " bytes, not 32");
        }
        return new SecretKey(bytes);
    }

    /// Returns a copy of the 32 bytes, which the caller erases.
    ///
    /// @throws IllegalStateException if the key has been erased
    public byte[] bytes() {
        return segment().toArray(ValueLayout.JAVA_BYTE);
    }

    /// Erases the key. Any later use fails.
    public void destroy() {
        destroyed = true;
        bytes.fill((byte) 0);
    }

    /// Tells whether the key has been erased.
    public boolean isDestroyed() {
        return destroyed;
    }

    MemorySegment segment() {
        if (destroyed) {
            throw new IllegalStateException("the secret key has been erased");
        }
        return bytes;
    }

    /// Compares in a time that does not depend on the bytes.
    @Override
    public boolean equals(Object other) {
        return other instanceof SecretKey that && equalBytes(that);
    }

    /// The same for every key, so that it tells nothing.
    @Override
    public int hashCode() {
        return SecretKey.class.hashCode();
    }

    @Override
    public String toString() {
        return "SecretKey[redacted]";
    }

    private boolean equalBytes(SecretKey that) {
        int difference = 0;
        for (int i = 0; i < Secp256k1.SCALAR_BYTES; i++) {
            difference |=
                    segment().get(ValueLayout.JAVA_BYTE, i) ^ that.segment().get(ValueLayout.JAVA_BYTE, i);
        }
        return difference == 0;
    }
}
