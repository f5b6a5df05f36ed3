package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionHandler;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Lane;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.CommonToClient;
import org.stratumj.protocol.common.Reconnect;
import org.stratumj.protocol.wire.Str0255;

/// One connection to a server, from dialling to its end. Lane only, except where [Upstream] says otherwise.
final class UpstreamSession<I extends Sv2Message, O extends Sv2Message> implements ConnectionHandler, Upstream<O> {
    private static final Logger LOG = System.getLogger("org.stratumj.service");

    private final UpstreamKeeper<I, O> keeper;
    private final Endpoint endpoint;
    private final Class<I> incoming;
    private final ClientHandler<I, O> handler;
    private @Nullable Connection connection;
    private @Nullable EffectRunner<O> effects;
    private Optional<Endpoint> elsewhere = Optional.empty();
    private long upSince;

    UpstreamSession(UpstreamKeeper<I, O> keeper, Endpoint endpoint, Class<I> incoming, ClientHandler<I, O> handler) {
        this.keeper = keeper;
        this.endpoint = endpoint;
        this.incoming = incoming;
        this.handler = handler;
    }

    /// Any thread.
    Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void onOpen(Connection connection) {
        this.connection = connection;
        upSince = connection.lane().nanoTime();
        effects = new EffectRunner<>(connection);
        keeper.markUp(true);
        keeper.listeners().onConnected(info());
        effects().call(() -> handler.onUp(this));
    }

    @Override
    public void onMessage(Sv2Message message) {
        effects().call(() -> handler.onMessage(incoming.cast(message)));
    }

    @Override
    public void onUnknown(UnknownMessage message) {
        effects().call(() -> handler.onUnknown(message));
    }

    /// A changed channel endpoint voids the extensions agreed on with it, of which there are none. Spec: 03
    /// §3.6.4.
    @Override
    public void onCommon(CommonToClient message) {
        if (message instanceof Reconnect(Str0255 newHost, int newPort)) {
            reconnect(newHost, newPort);
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        Connection was = connection;
        if (was == null) {
            keeper.ended(this, reason, Duration.ZERO, elsewhere);
            return;
        }
        keeper.markUp(false);
        keeper.listeners().onDisconnected(was.info(), reason);
        try {
            handler.onDown(reason);
        } finally {
            Duration wasUp = Duration.ofNanos(was.lane().nanoTime() - upSince);
            keeper.ended(this, reason, wasUp, elsewhere);
        }
    }

    @Override
    public PeerInfo info() {
        return connection().info();
    }

    @Override
    public Lane lane() {
        return connection().lane();
    }

    @Override
    public void send(O message) {
        connection().send(message);
    }

    @Override
    public void close(CloseReason reason) {
        connection().close(reason);
    }

    /// Spec: 03 §3.6.5: what is left out stays, and so does the authority key.
    private void reconnect(Str0255 newHost, int newPort) {
        String host = newHost.size() == 0
                ? endpoint.host()
                : new String(newHost.bytes().bytes(), StandardCharsets.ISO_8859_1);
        try {
            Endpoint target = new Endpoint(host, newPort == 0 ? endpoint.port() : newPort, endpoint.security());
            elsewhere = Optional.of(target);
            connection().close(new CloseReason.Local("the server sends us to " + target));
        } catch (IllegalArgumentException e) {
            LOG.log(Level.INFO, () -> connection() + ": Reconnect to nowhere: " + newHost.text());
            connection().close(new CloseReason.ProtocolViolation("Reconnect: " + e.getMessage()));
        }
    }

    private Connection connection() {
        return Objects.requireNonNull(connection);
    }

    private EffectRunner<O> effects() {
        return Objects.requireNonNull(effects);
    }
}
