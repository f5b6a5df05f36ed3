package org.stratumj.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The services of one application as a group: started in order, stopped in the reverse order, each after the
/// one before has ended. So give first what the others stand on: a template client, then the mining server that
/// passes its templates on, which then still has somebody to give its last blocks to.
///
/// A service that loses a peer or an upstream stays up; there is no failure of one that stops the others. Any
/// thread.
public final class Sv2App implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final List<Sv2Service<?>> services;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<List<ShutdownReport>> terminated = new CompletableFuture<>();

    private Sv2App(List<Sv2Service<?>> services) {
        this.services = List.copyOf(services);
    }

    /// A group of services that were not started.
    public static Sv2App of(Sv2Service<?>... services) {
        return new Sv2App(List.of(services));
    }

    /// Starts the services in their order. Not to be called on a lane.
    ///
    /// @throws Sv2ServiceException if one cannot start; those before it are stopped then
    public void start() throws Sv2ServiceException {
        try {
            for (Sv2Service<?> service : services) {
                service.start();
            }
        } catch (Sv2ServiceException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Stops the services in the reverse order. Returns at once; the first call counts.
    ///
    /// @param grace for each
    public void shutdown(Duration grace) {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        CompletionStage<List<ShutdownReport>> end = CompletableFuture.completedFuture(List.of());
        for (Sv2Service<?> service : services.reversed()) {
            end = end.thenCompose(before -> {
                service.shutdown(grace);
                return service.whenTerminated().thenApply(report -> with(before, report));
            });
        }
        end.whenComplete((reports, failure) -> {
            if (failure != null) {
                terminated.completeExceptionally(failure);
            } else {
                terminated.complete(reports);
            }
        });
    }

    /// Completes when all have ended, with their reports in the order in which they were stopped.
    public CompletionStage<List<ShutdownReport>> whenTerminated() {
        return terminated.minimalCompletionStage();
    }

    /// Waits for the end. Not to be called on a lane.
    public void awaitTermination() throws InterruptedException {
        try {
            terminated.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a service did not end", e);
        }
    }

    /// [#shutdown] with five seconds of grace for each service, and waits for the end. Not to be called on a
    /// lane.
    @Override
    public void close() {
        shutdown(GRACE);
        services.reversed().forEach(Sv2Service::close); // shut down already: this waits for each
    }

    private static List<ShutdownReport> with(List<ShutdownReport> reports, ShutdownReport last) {
        List<ShutdownReport> all = new ArrayList<>(reports);
        all.add(last);
        return List.copyOf(all);
    }
}
