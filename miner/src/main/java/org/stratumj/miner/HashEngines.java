package org.stratumj.miner;

/// Chooses among the kinds of engine.
public final class HashEngines {
    private HashEngines() {}

    /// The quickest kind of engine here. Measured when first asked for, which takes a second or two, most of it
    /// waiting for the compiler; later calls answer at once. Any thread.
    public static EngineChoice best() {
        return Measured.BEST;
    }

    /// This kind of engine, be it the quickest or not, measured now; the platform's digest where it does not compute
    /// what it should. Takes as long as [#best]. Any thread.
    ///
    /// @throws UnsupportedOperationException if there is an [HashEngineKind#obstacle]
    public static EngineChoice measure(HashEngineKind kind) {
        return new Calibration(System::nanoTime).measure(kind);
    }

    private static final class Measured {
        static final EngineChoice BEST = new Calibration(System::nanoTime).choose();
    }
}
