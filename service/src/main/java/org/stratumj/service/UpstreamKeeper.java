package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionHandler;
import org.stratumj.connection.Dialer;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Lane;
import org.stratumj.connection.SetupOffer;
import org.stratumj.connection.VersionRange;
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
    private final Served.Surroundings surroundings;
    private final Lane lane;
    private final Events events;
    private @Nullable UpstreamSession<I, O> session;
    private @Nullable Connection connection;
    private Lane.@Nullable Scheduled retry;
    private @Nullable Connection probe;
    private boolean returning;
    private boolean stopping;
    private volatile boolean stopped;
    private volatile @Nullable UpstreamSession<I, O> up;

    UpstreamKeeper(
            Subprotocol subprotocol,
            Class<I> incoming,
            ClientHandler<I, O> handler,
            Itinerary itinerary,
            Dialer dialer,
            DeviceInfo device,
            Served.Surroundings surroundings,
            Events events) {
        this.subprotocol = subprotocol;
        this.incoming = incoming;
        this.handler = handler;
        this.itinerary = itinerary;
        this.dialer = dialer;
        this.device = device;
        this.surroundings = surroundings;
        this.lane = surroundings.lane();
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
        return up != null;
    }

    /// The session that is set up now; null if there is none. Any thread.
    @Nullable
    UpstreamSession<I, O> up() {
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
        dial(endpoint, dialling).whenComplete((made, failure) -> lane.execute(() -> dialled(dialling, made, failure)));
    }

    /// An attempt that throws is one that failed: the next follows after its pause.
    private CompletionStage<Connection> dial(Endpoint endpoint, ConnectionHandler connections) {
        try {
            return dialer.dial(endpoint, offer(endpoint), connections);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, subprotocol + " upstream " + endpoint + ": cannot be dialled", e);
            return CompletableFuture.failedFuture(e);
        }
    }

    void stop() {
        stopping = true;
        if (probe != null) {
            probe.close(SHUTDOWN);
        }
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

    /// The session is set up. On the lane of its connection.
    void onUp(UpstreamSession<I, O> session) {
        up = session;
        lane.execute(() -> lookForPreferredLater(session));
    }

    /// It is not any longer. On the lane of its connection.
    void onDown() {
        up = null;
    }

    /// Any thread.
    Served.Surroundings surroundings() {
        return surroundings;
    }

    /// Dials now, if it is pausing. Any thread.
    void dialNow() {
        lane.execute(() -> {
            Lane.Scheduled pausing = retry;
            if (pausing != null && !stopping) {
                pausing.cancel();
                dial();
            }
        });
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
                down(ended.endpoint(), reason, pause(reason, wasUp, elsewhere));
            }
        });
    }

    private Duration pause(CloseReason reason, Duration wasUp, Optional<Endpoint> elsewhere) {
        if (elsewhere.isPresent()) {
            return itinerary.redirected(elsewhere.get(), wasUp);
        }
        if (returning) {
            return itinerary.returned();
        }
        return isLeft(reason) ? itinerary.left(wasUp) : itinerary.lost(wasUp);
    }

    /// Away from the first upstream of the list, looks from time to time whether that one takes us again.
    private void lookForPreferredLater(UpstreamSession<I, O> present) {
        Duration wait = itinerary.returnAfter();
        if (present == session && !itinerary.isPreferred() && wait.isPositive()) {
            lane.schedule(() -> lookForPreferred(present), wait);
        }
    }

    private void lookForPreferred(UpstreamSession<I, O> present) {
        if (present != session || stopping) {
            return;
        }
        Endpoint preferred = itinerary.preferred();
        Probe looking = new Probe(took -> lane.execute(() -> looked(present, took)));
        dial(preferred, looking)
                .whenComplete((made, failure) -> lane.execute(() -> {
                    if (made == null) {
                        looked(present, false);
                    } else if (stopping) {
                        made.close(SHUTDOWN);
                    } else {
                        probe = made;
                    }
                }));
    }

    private void looked(UpstreamSession<I, O> present, boolean takesUs) {
        probe = null;
        if (present != session) {
            return;
        }
        if (takesUs) {
            returning = true;
            present.close(new CloseReason.Local("the preferred upstream " + itinerary.preferred() + " is back"));
        } else {
            lookForPreferredLater(present);
        }
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
                || reason instanceof CloseReason.ExtensionsRefused
                || reason instanceof CloseReason.HandlerFailed;
    }

    private void down(Endpoint endpoint, CloseReason reason, Duration pause) {
        String was = connection == null ? "" : " (" + connection + ")";
        connection = null;
        session = null;
        returning = false;
        if (stopping) {
            end();
            return;
        }
        LOG.log(
                Level.INFO,
                () -> subprotocol + " upstream " + endpoint + was + ": " + reason.text() + "; next attempt in "
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
                VersionRange.CURRENT.min(),
                VersionRange.CURRENT.max(),
                handler.requestedFlags(),
                Str0255.of(endpoint.host()),
                endpoint.port(),
                Str0255.of(device.vendor()),
                Str0255.of(device.hardwareVersion()),
                Str0255.of(device.firmware()),
                Str0255.of(device.deviceId()));
        return new SetupOffer(request, handler.acceptedServerFlags(), handler.extensions());
    }

    private static String text(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : Objects.requireNonNull(failure);
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }
}
