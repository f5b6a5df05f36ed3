package org.stratumj.service;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// One side of Stratum V2 as a running thing: a server with its peers, or a client with its upstreams.
///
/// ```text
/// NEW ── start ──▶ STARTING ──▶ READY ── shutdown ──▶ DRAINING ──▶ STOPPED
///                      └────────── failure ─────────────────────▶ FAILED
/// ```
///
/// ```text
/// Event ──▶ Service ──▶ Outcome
/// ```
///
/// What peers send becomes an event, a handler says what is to be done, and the service does it: that is the outcome.
/// [#handle] is the same way in for the application: to put something in from outside, to compose services, to test.
///
/// Any thread may call any method. The library installs no signal handler.
///
/// @param <E> what happens to it
public sealed interface Sv2Service<E extends Sv2Event> extends AutoCloseable
        permits Sv2ServerService, Sv2ClientService {

    /// Starts and returns when the service is [ServiceState#READY]: a server is bound, a client has begun to
    /// dial. Not to be called on a lane.
    ///
    /// @throws Sv2ServiceException   if it cannot start, with a one-line reason; nothing is left running then
    /// @throws IllegalStateException if it was started or shut down before
    void start() throws Sv2ServiceException;

    /// Handles an event. Two events for one connection are handled in the order in which they were given from
    /// one thread.
    ///
    /// @return what became of it; never fails
    CompletionStage<Sv2Outcome> handle(E event);

    /// Where the service is in its life.
    ServiceState state();

    /// Completes when the service is [ServiceState#STOPPED] or [ServiceState#FAILED]; never exceptionally.
    CompletionStage<ShutdownReport> whenTerminated();

    /// Stops accepting and dialling, lets queued frames go out, closes every connection, at the latest after
    /// `grace`. Returns at once; idempotent.
    void shutdown(Duration grace);

    /// [#shutdown] with five seconds of grace, and waits for the end; a simulated network runs until then. Not to be
    /// called on a lane.
    @Override
    void close();
}
