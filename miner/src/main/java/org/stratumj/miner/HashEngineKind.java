package org.stratumj.miner;

import java.util.Optional;

/// The ways to hash that there are.
public enum HashEngineKind {
    /// [VectorEngine].
    VECTOR {
        @Override
        public Optional<String> obstacle() {
            // Asked before the engine's class is touched: it does not load without the module.
            if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
                return Optional.of("the JVM was started without --add-modules " + VECTOR_MODULE);
            }
            int lanes = VectorEngine.LANES_PER_VECTOR;
            return lanes < LANES_MIN
                    ? Optional.of("this processor's vectors have only " + lanes + " lanes")
                    : Optional.empty();
        }

        @Override
        public HashEngine newEngine() {
            obstacle().ifPresent(reason -> {
                throw new UnsupportedOperationException("no vector engine here: " + reason);
            });
            return new VectorEngine();
        }
    },

    /// [DigestEngine].
    DIGEST {
        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        public HashEngine newEngine() {
            return new DigestEngine();
        }
    };

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /// Lanes of a 128-bit vector; with fewer there is nothing to gain.
    private static final int LANES_MIN = 4;

    /// Why this kind cannot work in this JVM, in plain words; empty if it can.
    public abstract Optional<String> obstacle();

    /// A new engine of this kind.
    ///
    /// @throws UnsupportedOperationException if there is an [#obstacle]
    public abstract HashEngine newEngine();
}
