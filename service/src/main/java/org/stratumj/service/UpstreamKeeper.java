package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.Dialer;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Lane;
import org.stratumj.connection.SetupOffer;
import org.stratumj.connection.SetupPolicy;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.wire.Str0255;

/// Keeps the connection of one subprotocol up. On the lane of the service, except where it says otherwise.
///
/// ```text
/// DIALLING ──▶ CONNECTED ──▶ PAUSING ──▶ DIALLING ...      STOPPED
///     └───────── failure ───────▲
/// ```
final class UpstreamKeeper<I extends Sv2Message, O extends Sv2Message> {
    private static final Logger LOG = System.getLogger("org.stratumj.service");
    private static final CloseReason SHUTDOWN = new CloseReason.Local("the client is shutting down");

    private final Subprotocol subprotocol;
    private final Class<I> incoming;
    private final ClientHandler<I, O> handler;
    private final Itinerary itinerary;
    private final Dialer dialer;
    private final DeviceInfo device;
    private final Lane lane;
    private final Events events;
    private @Nullable UpstreamSession<I, O> session;
    private @Nullable Connection connection;
    private Lane.@Nullable Scheduled retry;
    private boolean stopping;
    private volatile boolean stopped;
    private volatile boolean up;

    UpstreamKeeper(
            Subprotocol subprotocol,
            Class<I> incoming,
            ClientHandler<I, O> handler,
            Itinerary itinerary,
            Dialer dialer,
            DeviceInfo device,
            Lane lane,
            Events events) {
        this.subprotocol = subprotocol;
        this.incoming = incoming;
        this.handler = handler;
        this.itinerary = itinerary;
        this.dialer = dialer;
        this.device = device;
        this.lane = lane;
        this.events = events;
    }

    /// What the service wants to know.
    interface Events {
        Listeners listeners();

        /// Nothing is open, and nothing will be.
        void onStopped();

        /// So many bytes were queued when the connection was broken.
        void onDropped(long bytes);
    }

    /// Any thread.
    Subprotocol subprotocol() {
        return subprotocol;
    }

    /// Any thread.
    boolean isUp() {
        return up;
    }

    /// Any thread.
    boolean isStopped() {
        return stopped;
    }

    void dial() {
        retry = null;
        Endpoint endpoint = itinerary.current();
        UpstreamSession<I, O> dialling = new UpstreamSession<>(this, endpoint, incoming, handler);
        session = dialling;
        dialer.dial(endpoint, offer(endpoint), dialling)
                .whenComplete((made, failure) -> lane.execute(() -> dialled(dialling, made, failure)));
    }

    void stop() {
        stopping = true;
        if (connection != null) {
            connection.close(SHUTDOWN);
        } else if (session == null) {
            if (retry != null) {
                retry.cancel();
            }
            end();
        }
    }

    void abort() {
        Connection open = connection;
        if (open != null) {
            open.lane().execute(() -> {
                events.onDropped(open.queuedBytes());
                open.abort(SHUTDOWN);
            });
        }
    }

    /// The session is set up or no longer. On the lane of its connection.
    void markUp(boolean up) {
        this.up = up;
    }

    /// Any thread.
    Listeners listeners() {
        return events.listeners();
    }

    /// The session is over. Any thread.
    ///
    /// @param elsewhere where the server wants us
    void ended(UpstreamSession<I, O> ended, CloseReason reason, Duration wasUp, Optional<Endpoint> elsewhere) {
        lane.execute(() -> {
            if (ended == session) {
                Duration pause = elsewhere
                        .map(target -> itinerary.redirected(target, wasUp))
                        .orElseGet(() -> isLeft(reason) ? itinerary.left(wasUp) : itinerary.lost(wasUp));
                down(ended.endpoint(), reason, pause);
            }
        });
    }

    /// The end of a session may have come first: it is told by another lane.
    private void dialled(UpstreamSession<I, O> dialled, @Nullable Connection made, @Nullable Throwable failure) {
        if (dialled != session) {
            return;
        }
        if (made == null) {
            down(dialled.endpoint(), new CloseReason.NetworkFailed(text(failure)), itinerary.lost(Duration.ZERO));
            return;
        }
        connection = made;
        if (stopping) {
            made.close(SHUTDOWN);
        }
    }

    /// Whether it was this side that ended the connection, for what the server did or did not do.
    private static boolean isLeft(CloseReason reason) {
        return reason instanceof CloseReason.Local
                || reason instanceof CloseReason.ProtocolViolation
                || reason instanceof CloseReason.HandlerFailed;
    }

    private void down(Endpoint endpoint, CloseReason reason, Duration pause) {
        connection = null;
        session = null;
        if (stopping) {
            end();
            return;
        }
        LOG.log(
                Level.INFO,
                () -> subprotocol + " upstream " + endpoint + ": " + reason.text() + "; next attempt in "
                        + pause.toMillis() + " ms, at " + itinerary.current());
        listeners().onUpstreamDown(subprotocol, endpoint, reason, pause);
        retry = lane.schedule(this::dial, pause);
    }

    private void end() {
        if (!stopped) {
            stopped = true;
            events.onStopped();
        }
    }

    private SetupOffer offer(Endpoint endpoint) {
        SetupConnection request = new SetupConnection(
                subprotocol.code(),
                SetupPolicy.VERSION,
                SetupPolicy.VERSION,
                handler.requestedFlags(),
                Str0255.of(endpoint.host()),
                endpoint.port(),
                Str0255.of(device.vendor()),
                Str0255.of(device.hardwareVersion()),
                Str0255.of(device.firmware()),
                Str0255.of(device.deviceId()));
        return new SetupOffer(request, handler.acceptedServerFlags());
    }

    private static String text(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : Objects.requireNonNull(failure);
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }
}
