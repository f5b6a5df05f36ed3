package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/// The state of a service and its end. Any thread.
final class Lifecycle {
    private static final Logger LOG = System.getLogger("org.stratumj.service");

    private final String name;
    private final ServiceListener listener;
    private final AtomicReference<ServiceState> state = new AtomicReference<>(ServiceState.NEW);
    private final CompletableFuture<ShutdownReport> terminated = new CompletableFuture<>();

    Lifecycle(String name, ServiceListener listener) {
        this.name = name;
        this.listener = listener;
    }

    ServiceState state() {
        return state.get();
    }

    /// Goes from one state to the next.
    ///
    /// @return false if the state is another one; nothing has happened then
    boolean move(ServiceState from, ServiceState to) {
        boolean moved = state.compareAndSet(from, to);
        if (moved) {
            LOG.log(Level.INFO, () -> name + ": " + to);
            listener.onState(to);
        }
        return moved;
    }

    /// The last words, once the state is final.
    void terminate(ShutdownReport report) {
        terminated.complete(report);
    }

    /// A copy: nobody but this service can complete it.
    CompletionStage<ShutdownReport> whenTerminated() {
        return terminated.minimalCompletionStage();
    }
}
