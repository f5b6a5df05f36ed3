package org.stratumj.miner;

/// Chooses among the kinds of engine.
public final class HashEngines {
    private HashEngines() {}

    /// The quickest kind of engine here. Measured when first asked for, which takes a second or two, most of it
    /// waiting for the compiler; later calls answer at once. Any thread.
    public static EngineChoice best() {
        return Measured.BEST;
    }

    private static final class Measured {
        static final EngineChoice BEST = new Calibration(System::nanoTime).choose();
    }
}
