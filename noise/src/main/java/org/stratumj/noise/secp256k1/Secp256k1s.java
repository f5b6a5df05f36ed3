package org.stratumj.noise.secp256k1;

import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.stratumj.noise.library.UnavailableException;

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
        return select(policy, () -> new NativeSecp256k1(random));
    }

    static Secp256k1 select(Secp256k1Policy policy, Supplier<Secp256k1> nativeLibrary) {
        return switch (policy) {
            case PURE_JAVA -> checked(new PureJavaSecp256k1());
            case REQUIRE_CONSTANT_TIME -> required(nativeLibrary);
            case PREFER_CONSTANT_TIME -> preferred(nativeLibrary);
        };
    }

    private static Secp256k1 required(Supplier<Secp256k1> nativeLibrary) {
        try {
            return checked(nativeLibrary.get());
        } catch (UnavailableException e) {
            throw new IllegalStateException(
                    "no constant-time secp256k1 here: " + e.getMessage()
                            + "; the pure Java provider has to be allowed explicitly",
                    e);
        }
    }

    private static Secp256k1 preferred(Supplier<Secp256k1> nativeLibrary) {
        try {
            return checked(nativeLibrary.get());
        } catch (UnavailableException e) {
            LOG.log(Level.WARNING, "secp256k1 in pure Java, slower and not constant-time: {0}", e.getMessage());
            return checked(new PureJavaSecp256k1());
        }
    }

    private static Secp256k1 checked(Secp256k1 curve) {
        KnownAnswers.check(curve);
        return curve;
    }
}
