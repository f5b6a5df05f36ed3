package org.stratumj.app.miner;

import java.util.Optional;
import org.stratumj.miner.EngineChoice;
import org.stratumj.miner.HashEngineKind;
import org.stratumj.miner.HashEngines;

/// Which hash engine is wanted.
public enum EngineOption {
    /// The quickest here.
    AUTO {
        @Override
        Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        EngineChoice measure() {
            return HashEngines.best();
        }
    },

    /// [HashEngineKind#VECTOR].
    VECTOR {
        @Override
        Optional<String> obstacle() {
            return HashEngineKind.VECTOR.obstacle();
        }

        @Override
        EngineChoice measure() {
            return HashEngines.measure(HashEngineKind.VECTOR);
        }
    },

    /// [HashEngineKind#DIGEST].
    DIGEST {
        @Override
        Optional<String> obstacle() {
            return HashEngineKind.DIGEST.obstacle();
        }

        @Override
        EngineChoice measure() {
            return HashEngines.measure(HashEngineKind.DIGEST);
        }
    };

    /// Why it cannot be had here, in plain words; empty if it can.
    abstract Optional<String> obstacle();

    /// Measures it, which takes some seconds.
    abstract EngineChoice measure();
}
