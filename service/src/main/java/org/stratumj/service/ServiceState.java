package org.stratumj.service;

/// Where a service is in its life; the diagram is at [Sv2Service].
public enum ServiceState {
    /// Built, not started.
    NEW,
    /// Binding.
    STARTING,
    /// Bound, or dialling.
    READY,
    /// Shutdown has begun.
    DRAINING,
    /// Every connection is closed.
    STOPPED,
    /// It could not start.
    FAILED;

    /// Whether nothing follows.
    public boolean isFinal() {
        return this == STOPPED || this == FAILED;
    }
}
