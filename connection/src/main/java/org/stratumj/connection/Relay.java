package org.stratumj.connection;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.Direction;

/// A listening endpoint between clients and one server: it ends the encryption on both sides with keys it was
/// given, passes every frame on unchanged and in order, and shows it to a watcher. Any thread.
///
/// ```text
/// client ──Noise or plain──▶ Relay ──Noise or plain──▶ server
///                              │ every frame, both ways
///                              ▼
///                           Watcher
/// ```
///
/// It takes no part in what is said: SetupConnection goes through like any other message. A side that does
/// not read stops the reading of the other; when one side closes, the other is sent what is on its way and
/// closed as well.
public final class Relay {
    private final Network network;
    private final Endpoint upstream;
    private final ConnectionLimits limits;
    private final Identity identity;
    private final Admission admission;
    private final Watcher watcher;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Network.@Nullable Listener listener;

    private Relay(Network network, Endpoint upstream, ConnectionLimits limits, Identity identity, Watcher watcher) {
        this.network = network;
        this.upstream = upstream;
        this.limits = limits;
        this.identity = identity;
        this.admission = new Admission(limits);
        this.watcher = watcher;
    }

    /// Sees what goes through. Called on the lanes of the two sides, of which two may run at once; while a
    /// call lasts, its side is not read.
    public interface Watcher {
        /// A client is connected to the server.
        void onOpen(ConnectionId connection, InetSocketAddress client);

        /// A frame was read and is passed on.
        void onFrame(ConnectionId connection, Direction direction, Instant time, Frame frame);

        /// A connection ended, opened or not; the last call about it but for frames that are being read.
        ///
        /// @param side where it ended: the client if frames from there go to the server
        void onClosed(ConnectionId connection, Direction side, CloseReason reason);
    }

    /// Binds `address`.
    ///
    /// @param security how clients are met
    /// @param upstream the server to dial for each of them
    /// @param limits   of the connections; frames, numbers and the handshake deadline are looked at
    /// @return done when bound; fails with [java.net.BindException] and the like, or with
    ///     [IllegalStateException] if the platform lacks what `security` requires
    public static CompletionStage<Relay> listen(
            Network network,
            InetSocketAddress address,
            ServerSecurity security,
            Endpoint upstream,
            ConnectionLimits limits,
            Watcher watcher) {
        Relay relay;
        try {
            relay = new Relay(network, upstream, limits, Identity.of(security, network), watcher);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        return network.listen(address, relay::accept)
                .whenComplete((bound, failure) -> relay.onBound(bound))
                .thenApply(bound -> relay);
    }

    /// The bound address, with the real port.
    public InetSocketAddress localAddress() {
        return Objects.requireNonNull(listener).localAddress();
    }

    /// Clients that are connected.
    public int connections() {
        return admission.open();
    }

    /// Stops accepting. Connections live on. Idempotent.
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
        var pair = new RelayPair(limits, watcher, network.workers());
        return switch (admission.admit(pipe.remoteAddress(), pipe.lane().nanoTime())) {
            case Admission.Refusal(var reason) -> pair.refuse(pipe, reason);
            case Admission.Slot slot -> {
                Place place = new Counted(slot);
                // After counting, so that either close() sees the connection, or the connection sees close().
                if (closing.get()) {
                    place.release();
                    yield pair.refuse(pipe, new CloseReason.Local("no longer accepting connections"));
                }
                slot.occupy(reason -> pair.close(Direction.TO_SERVER, reason));
                var client = pair.begin(pipe, identity.handshake(), place);
                dial(pair);
                yield client;
            }
        };
    }

    private void dial(RelayPair pair) {
        try {
            connect(pair);
        } catch (RejectedExecutionException e) {
            pair.close(Direction.TO_CLIENT, new CloseReason.Local("the network is closed"));
        }
    }

    private void connect(RelayPair pair) {
        Dialer.handshake(upstream.security(), network)
                .thenCompose(handshake -> network.connect(
                                upstream.host(),
                                upstream.port(),
                                limits.handshakeDeadline(),
                                pipe -> pair.connected(pipe, handshake))
                        .whenComplete((pipe, failure) -> {
                            if (failure != null) {
                                handshake.ifPresent(Handshake::abandon);
                            }
                        }))
                .whenComplete((pipe, failure) -> {
                    if (failure != null) {
                        pair.close(
                                Direction.TO_CLIENT,
                                new CloseReason.NetworkFailed("cannot connect to " + upstream + ": " + root(failure)));
                    }
                });
    }

    private static String root(Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
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
}
