package org.stratumj.noise.aead;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.noise.library.UnavailableException;

/// Chooses the provider of the cipher. Every provider answers known questions before it is handed out.
public final class Aeads {
    private static final System.Logger LOG = System.getLogger(Aeads.class.getName());

    private static @Nullable Aead best;

    private Aeads() {}

    /// Returns the best provider of this platform: libsodium where it can be called, else [#jdk()], of which a line in
    /// the log then gives the reason. The same one for the life of the process.
    ///
    /// @throws IllegalStateException if not even the JDK has it
    public static synchronized Aead best() {
        if (best == null) {
            best = select(NativeAead::load);
        }
        return best;
    }

    /// Returns `ChaCha20-Poly1305` of the JDK's security providers, in their configured order.
    ///
    /// @throws IllegalStateException if none of them has it
    public static Aead jdk() {
        return checked(new JdkAead());
    }

    static Aead select(Supplier<Aead> nativeLibrary) {
        try {
            return checked(nativeLibrary.get());
        } catch (UnavailableException e) {
            LOG.log(Level.INFO, "ChaCha20-Poly1305 from the JDK, slower and with garbage: {0}", e.getMessage());
            return jdk();
        }
    }

    private static Aead checked(Aead aead) {
        KnownAnswers.check(aead);
        return aead;
    }
}
