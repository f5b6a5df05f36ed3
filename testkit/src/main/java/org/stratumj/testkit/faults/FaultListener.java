package org.stratumj.testkit.faults;

/// Hears of each fault with its first effect, on the lane of the pipe.
@FunctionalInterface
public interface FaultListener {
    /// A fault was injected.
    void onInjected(PipeOrigin pipe, Fault fault);
}
