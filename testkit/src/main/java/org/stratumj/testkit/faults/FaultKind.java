package org.stratumj.testkit.faults;

/// The kinds of [Fault], to count them and to say how often each happens.
public enum FaultKind {
    /// [Fault.Delay].
    DELAY,
    /// [Fault.Split].
    SPLIT,
    /// [Fault.Corrupt].
    CORRUPT,
    /// [Fault.Drop].
    DROP,
    /// [Fault.Stall].
    STALL,
    /// [Fault.HalfClose].
    HALF_CLOSE,
    /// [Fault.Cut].
    CUT
}
