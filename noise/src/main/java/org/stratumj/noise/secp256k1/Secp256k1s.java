package org.stratumj.noise.secp256k1;

import java.security.SecureRandom;

/// Chooses the provider of the curve. Every provider answers known questions before it is handed out.
public final class Secp256k1s {
    private static final System.Logger LOG = System.getLogger(Secp256k1s.class.getName());

    private Secp256k1s() {}

    /// Returns the best provider of this platform: [Secp256k1Policy#PREFER_CONSTANT_TIME].
    public static Secp256k1 best(SecureRandom random) {
        return select(Secp256k1Policy.PREFER_CONSTANT_TIME, random);
    }

    /// Returns a provider that the policy accepts. Make one and share it.
    ///
    /// @param random blinds the computations of the native provider
    /// @throws IllegalStateException if this platform has none; the message says why and what to do
    public static Secp256k1 select(Secp256k1Policy policy, SecureRandom random) {
        return switch (policy) {
            case PURE_JAVA -> pureJava();
            case REQUIRE_CONSTANT_TIME -> required(random);
            case PREFER_CONSTANT_TIME -> preferred(random);
        };
    }

    private static Secp256k1 required(SecureRandom random) {
        try {
            return nativeLibrary(random);
        } catch (UnavailableException e) {
            throw new IllegalStateException(
                    "no constant-time secp256k1 on this platform: " + e.getMessage()
                            + "; the pure Java provider must be allowed explicitly",
                    e);
        }
    }

    private static Secp256k1 preferred(SecureRandom random) {
        try {
            return nativeLibrary(random);
        } catch (UnavailableException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "secp256k1 in pure Java, slower and not constant-time: {0}",
                    e.getMessage());
            return pureJava();
        }
    }

    private static Secp256k1 nativeLibrary(SecureRandom random) {
        Secp256k1 curve = new NativeSecp256k1(NativeLibrary.load(), random);
        KnownAnswers.check(curve);
        return curve;
    }

    private static Secp256k1 pureJava() {
        Secp256k1 curve = new PureJavaSecp256k1();
        KnownAnswers.check(curve);
        return curve;
    }

    /// The native library cannot be used here; the message says why in one line.
    static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message) {
            super(message);
        }

        UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
