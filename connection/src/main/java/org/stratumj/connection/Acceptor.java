package org.stratumj.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/// A listening endpoint: every pipe it accepts within its limits becomes a [Connection]. Any thread.
public final class Acceptor {
    private static final Logger LOG = System.getLogger("org.stratumj.connection");
    private static final Duration REFUSALS_REPORTED_EVERY = Duration.ofMinutes(1);

    private final FrontDoor door;

    private Acceptor(FrontDoor door) {
        this.door = door;
    }

    /// Who serves what is accepted; called on the lane of the connection.
    public interface Handlers {
        /// The handler of a new connection, which is not set up yet.
        ConnectionHandler accept(Connection connection);

        /// Somebody was sent away at the door.
        default void refused(InetSocketAddress remote, CloseReason reason) {}
    }

    /// Binds `address`.
    ///
    /// @param policy what SetupConnection may ask for
    /// @return done when bound; fails with [java.net.BindException] and the like, or with
    ///     [IllegalStateException] if the platform lacks what `security` requires, or the address is not one for it
    public static CompletionStage<Acceptor> listen(
            Network network,
            InetSocketAddress address,
            ServerSecurity security,
            ConnectionLimits limits,
            SetupPolicy policy,
            Handlers handlers) {
        Reception reception = new Reception(new Role.Server(policy), limits, network.workers(), handlers);
        return FrontDoor.open(network, address, security, limits, reception).thenApply(Acceptor::new);
    }

    /// The bound address, with the real port.
    public InetSocketAddress localAddress() {
        return door.localAddress();
    }

    /// Connections that are open, set up or not.
    public int connections() {
        return door.open();
    }

    /// Stops accepting. Connections live on; the static key is erased once none is in its handshake.
    /// Idempotent.
    ///
    /// @return done when the port is free
    public CompletionStage<?> close() {
        return door.close();
    }

    /// Makes connections of the pipes that are let in.
    private static final class Reception implements FrontDoor.Host {
        private final Role role;
        private final ConnectionLimits limits;
        private final Executor workers;
        private final Handlers handlers;
        private final FlightLog flights = new FlightLog();
        private final AtomicLong refusals = new AtomicLong();
        private final AtomicLong reportedAt = new AtomicLong();

        Reception(Role role, ConnectionLimits limits, Executor workers, Handlers handlers) {
            this.role = role;
            this.limits = limits;
            this.workers = workers;
            this.handlers = handlers;
        }

        @Override
        public PipeHandler admit(Pipe pipe, Identity identity, Place place) {
            Connection connection = new Connection(pipe, role, limits, place, flights, handlers::accept);
            place.occupy(connection::abort);
            return identity.begin(connection, workers);
        }

        @Override
        public PipeHandler refuse(Pipe pipe, CloseReason reason) {
            report(pipe, reason);
            pipe.close(false);
            handlers.refused(pipe.remoteAddress(), reason);
            return new FrontDoor.Refused();
        }

        /// A flood of refusals must not become a flood of log lines.
        private void report(Pipe pipe, CloseReason reason) {
            long count = refusals.incrementAndGet();
            long now = pipe.lane().nanoTime();
            long last = reportedAt.get();
            boolean due = count == 1 || now - last >= REFUSALS_REPORTED_EVERY.toNanos();
            if (due && reportedAt.compareAndSet(last, now)) {
                LOG.log(
                        Level.INFO,
                        () -> "refused " + Addresses.text(pipe.remoteAddress()) + ": " + reason.text() + " (" + count
                                + " refused so far)");
            }
        }
    }
}
