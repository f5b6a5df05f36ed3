package org.stratumj.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The door of a listening endpoint: binds the port, lets in who finds a place, closes, and erases the key of the
/// endpoint once nobody needs it. Any thread.
final class FrontDoor {
    private static final Logger LOG = System.getLogger("org.stratumj.connection");

    private final Identity identity;
    private final Admission admission;
    private final OutboundBudget budget;
    private final Host host;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Network.@Nullable Listener listener;

    private FrontDoor(Identity identity, ConnectionLimits limits, Host host) {
        this.identity = identity;
        this.admission = new Admission(limits);
        this.budget = new OutboundBudget(limits.outboundTotalBytesMax());
        this.host = host;
    }

    /// Who is behind the door; called on the lane of the pipe. Whatever it throws costs this pipe only.
    interface Host {
        /// Takes a pipe in.
        ///
        /// @param identity what it begins with
        /// @param place    to be released with the end of the pipe
        PipeHandler admit(Pipe pipe, Identity identity, Place place);

        /// Sends a pipe away.
        PipeHandler refuse(Pipe pipe, CloseReason reason);
    }

    /// Binds `address`.
    ///
    /// @return done when bound; fails with [java.net.BindException] and the like, or with
    ///     [IllegalStateException] if the platform lacks what `security` requires, or the address is not one for it
    static CompletionStage<FrontDoor> open(
            Network network, InetSocketAddress address, ServerSecurity security, ConnectionLimits limits, Host host) {
        FrontDoor door;
        try {
            Loopback.check(security, address);
            door = new FrontDoor(Identity.of(security, network), limits, host);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        return network.listen(address, door::accept)
                .whenComplete((bound, failure) -> door.onBound(bound))
                .thenApply(bound -> door);
    }

    InetSocketAddress localAddress() {
        return Objects.requireNonNull(listener).localAddress();
    }

    /// Pipes that were let in and have not ended.
    int open() {
        return admission.open();
    }

    /// Lets nobody in any more. The key is erased once no handshake is under way. Idempotent.
    ///
    /// @return done when the port is free
    CompletionStage<?> close() {
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
            case Admission.Slot slot -> admit(pipe, new Counted(slot));
        };
    }

    private PipeHandler admit(Pipe pipe, Place place) {
        // After counting, so that either close() sees the connection, or the connection sees close().
        if (closing.get()) {
            place.release();
            return refuse(pipe, new CloseReason.Local("no longer accepting connections"));
        }
        try {
            return host.admit(pipe, identity, place);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "cannot serve " + Addresses.text(pipe.remoteAddress()), e);
            place.release();
            return refuse(pipe, new CloseReason.HandlerFailed(e));
        }
    }

    private PipeHandler refuse(Pipe pipe, CloseReason reason) {
        try {
            return host.refuse(pipe, reason);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "cannot send " + Addresses.text(pipe.remoteAddress()) + " away in order", e);
            pipe.close(false);
            return new Refused();
        }
    }

    private void retire() {
        if (closing.get() && admission.halfOpen() == 0) {
            identity.destroy();
        }
    }

    /// For a pipe that nobody serves.
    static final class Refused implements PipeHandler {
        @Override
        public void onBytes(byte[] bytes, int offset, int length) {}

        @Override
        public void onClosed(@Nullable Throwable failure) {}
    }

    private final class Counted implements Place {
        private final Admission.Slot slot;
        private volatile @Nullable Consumer<CloseReason> closer;
        /// Opened when bytes have to wait for the first time.
        private volatile OutboundBudget.@Nullable Account account;

        Counted(Admission.Slot slot) {
            this.slot = slot;
        }

        @Override
        public void occupy(Consumer<CloseReason> closer) {
            this.closer = closer;
            slot.occupy(closer);
        }

        @Override
        public boolean identify(String deviceId) {
            return slot.identify(deviceId);
        }

        @Override
        public void waiting(long bytes) {
            OutboundBudget.Account counted = account;
            Consumer<CloseReason> close = closer;
            if (counted == null && close != null && bytes > 0) {
                counted = budget.open(close);
                account = counted;
            }
            if (counted != null) {
                counted.waiting(bytes);
            }
        }

        @Override
        public void setUp() {
            slot.setUp();
            retire();
        }

        @Override
        public void release() {
            slot.release();
            closer = null;
            OutboundBudget.Account counted = account;
            if (counted != null) {
                counted.close();
            }
            retire();
        }
    }
}
