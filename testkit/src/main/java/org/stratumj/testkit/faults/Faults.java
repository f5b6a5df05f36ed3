package org.stratumj.testkit.faults;

/// Says what goes wrong on each pipe of a [FaultyNetwork]. Asked once per pipe, on the pipe's lane, so that several
/// lanes may ask at a time.
@FunctionalInterface
public interface Faults {
    /// The plan of a new pipe.
    FaultPlan plan(PipeOrigin pipe);

    /// Nothing goes wrong, but what a test does by hand.
    static Faults none() {
        return pipe -> FaultPlan.none();
    }

    /// Each pipe has a random plan that depends on the seed and its number alone, so that a run replays exactly where
    /// pipes open in the same order.
    static Faults seeded(long seed, FaultRates rates) {
        return new SeededFaults(seed, rates);
    }
}
