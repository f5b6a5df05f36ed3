package org.stratumj.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A listening endpoint: every pipe it accepts within its limits becomes a [Connection]. Any thread.
public final class Acceptor {
    private static final Logger LOG = System.getLogger("org.stratumj.connection");
    private static final Duration REFUSALS_REPORTED_EVERY = Duration.ofMinutes(1);

    private final ConnectionLimits limits;
    private final Role.Server role;
    private final Executor workers;
    private final Identity identity;
    private final Admission admission;
    private final Handlers handlers;
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong reportedAt = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Network.@Nullable Listener listener;

    private Acceptor(
            ConnectionLimits limits, SetupPolicy policy, Executor workers, Identity identity, Handlers handlers) {
        this.limits = limits;
        this.role = new Role.Server(policy);
        this.workers = workers;
        this.identity = identity;
        this.admission = new Admission(limits);
        this.handlers = handlers;
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
    ///     [IllegalStateException] if the platform lacks what `security` requires
    public static CompletionStage<Acceptor> listen(
            Network network,
            InetSocketAddress address,
            ServerSecurity security,
            ConnectionLimits limits,
            SetupPolicy policy,
            Handlers handlers) {
        Acceptor acceptor;
        try {
            Identity identity = Identity.of(security, network);
            acceptor = new Acceptor(limits, policy, network.workers(), identity, handlers);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        return network.listen(address, acceptor::accept)
                .whenComplete((bound, failure) -> acceptor.onBound(bound))
                .thenApply(bound -> acceptor);
    }

    /// The bound address, with the real port.
    public InetSocketAddress localAddress() {
        return Objects.requireNonNull(listener).localAddress();
    }

    /// Connections that are open, set up or not.
    public int connections() {
        return admission.open();
    }

    /// Stops accepting. Connections live on; the static key is erased once none is in its handshake.
    /// Idempotent.
    ///
    /// @return done when the port is free
    public CompletionStage<?> close() {
        closing.set(true);
        retire();
        return Objects.requireNonNull(listener).close();
    }

    private void onBound(Network.@Nullable Listener bound) {
        listener = bound;
        if (bound == null) {
            identity.destroy();
        }
    }

    private PipeHandler accept(Pipe pipe) {
        return switch (admission.admit(pipe.remoteAddress(), pipe.lane().nanoTime())) {
            case Admission.Refusal(var reason) -> refuse(pipe, reason);
            case Admission.Slot slot -> open(pipe, slot);
        };
    }

    private PipeHandler open(Pipe pipe, Admission.Slot slot) {
        Counted place = new Counted(slot);
        // After counting, so that either close() sees the connection, or the connection sees close().
        if (closing.get()) {
            place.release();
            return refuse(pipe, new CloseReason.Local("no longer accepting connections"));
        }
        try {
            Connection connection = new Connection(pipe, role, limits, place, handlers::accept);
            slot.occupy(connection::close);
            return identity.begin(connection, workers);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "cannot serve " + Addresses.text(pipe.remoteAddress()), e);
            place.release();
            return refuse(pipe, new CloseReason.HandlerFailed(e));
        }
    }

    private PipeHandler refuse(Pipe pipe, CloseReason reason) {
        reportRefusal(pipe, reason);
        pipe.close(false);
        handlers.refused(pipe.remoteAddress(), reason);
        return new Refused();
    }

    /// A flood of refusals must not become a flood of log lines.
    private void reportRefusal(Pipe pipe, CloseReason reason) {
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

    private void retire() {
        if (closing.get() && admission.halfOpen() == 0) {
            identity.destroy();
        }
    }

    private final class Counted implements Place {
        private final Admission.Slot slot;

        Counted(Admission.Slot slot) {
            this.slot = slot;
        }

        @Override
        public boolean identify(String deviceId) {
            return slot.identify(deviceId);
        }

        @Override
        public void setUp() {
            slot.setUp();
            retire();
        }

        @Override
        public void release() {
            slot.release();
            retire();
        }
    }

    private static final class Refused implements PipeHandler {
        @Override
        public void onBytes(byte[] bytes, int offset, int length) {}

        @Override
        public void onClosed(@Nullable Throwable failure) {}
    }
}
