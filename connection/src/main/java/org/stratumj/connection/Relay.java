package org.stratumj.connection;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.Direction;

/// A listening endpoint between clients and one server: it ends the encryption on both sides with keys it was
/// given, passes every frame on unchanged and in order, unless its watcher does otherwise, to whom it is shown. Any
/// thread.
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
    private final FrontDoor door;

    private Relay(FrontDoor door) {
        this.door = door;
    }

    /// Sees what goes through. Called on the lanes of the two sides, of which two may run at once; while a
    /// call lasts, its side is not read.
    public interface Watcher {
        /// A client is connected to the server.
        void onOpen(ConnectionId connection, InetSocketAddress client);

        /// A frame was read and is passed on.
        void onFrame(ConnectionId connection, Direction direction, Instant time, Frame frame);

        /// Passes a frame on, or does something else with it: nothing, another frame, several, later. Follows
        /// [#onFrame] on the same lane. Whoever keeps frames back bounds what is kept.
        ///
        /// @param outlet where frames of this connection and direction go on
        default void pass(ConnectionId connection, Direction direction, Frame frame, Outlet outlet) {
            outlet.send(frame);
        }

        /// A connection ended, opened or not; the last call about it but for frames that are being read.
        ///
        /// @param side where it ended: the client if frames from there go to the server
        void onClosed(ConnectionId connection, Direction side, CloseReason reason);
    }

    /// The way on for the frames of one connection in one direction. Any thread.
    public interface Outlet {
        /// Sends a frame to the other side, after those that were sent before. When the connection has ended, nothing
        /// happens.
        void send(Frame frame);

        /// The lane of the side where the frames come from.
        Lane lane();
    }

    /// Binds `address`.
    ///
    /// @param security how clients are met
    /// @param upstream the server to dial for each of them
    /// @param limits   of the connections; frames, numbers and the handshake deadline are looked at
    /// @return done when bound; fails with [java.net.BindException] and the like, or with
    ///     [IllegalStateException] if the platform lacks what `security` requires, or an address is not one for it
    public static CompletionStage<Relay> listen(
            Network network,
            InetSocketAddress address,
            ServerSecurity security,
            Endpoint upstream,
            ConnectionLimits limits,
            Watcher watcher) {
        try {
            Loopback.check(upstream);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        return FrontDoor.open(network, address, security, limits, new Pairing(network, upstream, limits, watcher))
                .thenApply(Relay::new);
    }

    /// The bound address, with the real port.
    public InetSocketAddress localAddress() {
        return door.localAddress();
    }

    /// Clients that are connected.
    public int connections() {
        return door.open();
    }

    /// Stops accepting. Connections live on. Idempotent.
    ///
    /// @return done when the port is free
    public CompletionStage<?> close() {
        return door.close();
    }

    /// Dials the server for each client that is let in.
    private record Pairing(Network network, Endpoint upstream, ConnectionLimits limits, Watcher watcher)
            implements FrontDoor.Host {
        @Override
        public PipeHandler admit(Pipe pipe, Identity identity, Place place) {
            var pair = pair();
            place.occupy(reason -> pair.close(Direction.TO_SERVER, reason));
            var client = pair.begin(pipe, identity.handshake(), place);
            dial(pair, pipe.lane());
            return client;
        }

        @Override
        public PipeHandler refuse(Pipe pipe, CloseReason reason) {
            return pair().refuse(pipe, reason);
        }

        private RelayPair pair() {
            return new RelayPair(limits, watcher, network.workers());
        }

        private void dial(RelayPair pair, Lane lane) {
            try {
                connect(pair, lane);
            } catch (RejectedExecutionException e) {
                pair.close(Direction.TO_CLIENT, new CloseReason.Local("the network is closed"));
            }
        }

        /// @param lane of the client, which reports a watcher that throws
        private void connect(RelayPair pair, Lane lane) {
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
                            CloseReason why = new CloseReason.NetworkFailed(
                                    "cannot connect to " + upstream + ": " + root(failure));
                            lane.execute(() -> pair.close(Direction.TO_CLIENT, why));
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
    }
}
