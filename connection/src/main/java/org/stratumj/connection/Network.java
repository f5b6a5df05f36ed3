package org.stratumj.connection;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// The seam to the outside: byte pipes, the lanes that own them, time, and randomness.
/// `org.stratumj.connection.netty` has the real one; a simulation brings its own with the same contract, so
/// that everything above runs unchanged on virtual time. Any thread may call any method.
public interface Network extends AutoCloseable {

    /// Binds `address` and gives every accepted pipe to `acceptor`, which returns the handler of that pipe. The
    /// acceptor runs on the pipe's lane. Accepting goes on after errors, with a pause.
    ///
    /// @param address port 0 lets the system choose
    /// @return done when bound; fails with [java.net.BindException] and the like
    CompletionStage<Listener> listen(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor);

    /// Dials `host:port`; the host name is resolved anew on each call, and each of its addresses tried in turn.
    ///
    /// @param timeout for resolving and connecting together
    /// @param handler makes the handler, on the pipe's lane, before any byte arrives
    /// @return done when connected and the handler attached; fails with [java.io.IOException]
    CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler);

    /// A lane that belongs to no connection, for the work of a service itself.
    Lane newLane();

    /// Where short work that would hold up a lane is done, as the curve operations of a handshake: a bounded
    /// number of threads. Tasks may run at the same time and in any order.
    Executor workers();

    /// Where work is done that may block for as long as it likes, as on a database: each task has a thread of its own,
    /// so whoever gives tasks bounds their number.
    Executor blocking();

    /// Tasks of lanes and callbacks of pipes that threw, since the start: each is a bug.
    long laneFailures();

    /// The wall clock, the same that the lanes have.
    InstantSource clock();

    /// Where keys come from. Thread-safe.
    SecureRandom random();

    /// Waits for `stage`, `max` at the longest. A simulated network runs meanwhile, unless one of its tasks calls. Not
    /// to
    /// be called on a lane.
    ///
    /// @return whether the stage completed, with a value or with an exception
    default boolean await(CompletionStage<?> stage, Duration max) throws InterruptedException {
        try {
            stage.toCompletableFuture().get(max.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | CancellationException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /// Closes every listener and pipe and stops the lanes; waits until that is done. Not to be called on a
    /// lane.
    @Override
    void close();

    /// A bound port.
    interface Listener {
        /// The address in use, with the port the system chose where 0 was asked for.
        InetSocketAddress localAddress();

        /// Stops accepting; accepted pipes live on. Idempotent.
        ///
        /// @return done when the port is free
        CompletionStage<?> close();
    }
}
