package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionHandler;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Meter;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.ChannelEndpointChanged;
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
    private @Nullable Turns<O> turns;
    private @Nullable Requests requests;
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
    public Meter meter() {
        return keeper.listeners().metrics();
    }

    @Override
    public void onOpen(Connection connection) {
        this.connection = connection;
        upSince = connection.lane().nanoTime();
        turns = keeper.surroundings().turns(connection, handler.mayBlock());
        requests = new Requests(connection, keeper.listeners().metrics());
        keeper.onUp(this);
        keeper.listeners().onConnected(info());
        turns().call(() -> handler.onUp(this));
    }

    @Override
    public void onMessage(Sv2Message message) {
        if (!requests().take(message)) {
            turns().call(() -> handler.onMessage(incoming.cast(message)));
        }
    }

    /// The same for a message that did not come from the server.
    void inject(Sv2Message message, Turns.Seen<O> seen) {
        turns().call(() -> handler.onMessage(incoming.cast(message)), seen);
    }

    /// Whether the handler takes such a message. Any thread.
    boolean takes(Sv2Message message) {
        return incoming.isInstance(message);
    }

    boolean isOpen() {
        return connection().isOpen();
    }

    /// Any thread, roughly.
    long queuedBytes() {
        return connection().queuedBytes();
    }

    /// Sends any message of the subprotocol.
    ///
    /// @return false if the connection is gone
    boolean sendNow(Sv2Message message) {
        boolean open = isOpen();
        if (open) {
            connection().send(message);
        }
        return open;
    }

    @Override
    public void onUnknown(UnknownMessage message) {
        turns().call(() -> handler.onUnknown(message));
    }

    @Override
    public void onCommon(CommonToClient message) {
        if (message instanceof Reconnect(Str0255 newHost, int newPort)) {
            reconnect(newHost, newPort);
        } else if (message instanceof ChannelEndpointChanged(long channelId)) {
            turns().call(() -> handler.onEndpointChanged(channelId));
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        Connection was = connection;
        if (was == null) {
            keeper.ended(this, reason, Duration.ZERO, elsewhere);
            return;
        }
        keeper.onDown();
        keeper.listeners().ended(was, reason);
        requests().closed(reason);
        Duration wasUp = Duration.ofNanos(was.lane().nanoTime() - upSince);
        // The next connection begins when the handler is done with this one.
        turns().last(() -> handler.onDown(reason), () -> keeper.ended(this, reason, wasUp, elsewhere));
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
    public Set<Integer> extensions() {
        return connection().extensions();
    }

    @Override
    public void send(O message) {
        connection().send(message);
    }

    @Override
    public void send(EncodedFrame frame) {
        connection().send(frame);
    }

    @Override
    public <R extends Sv2Message> CompletionStage<R> request(O message, Class<R> reply, Duration timeout) {
        return requests().request(message, reply, timeout);
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

    private Turns<O> turns() {
        return Objects.requireNonNull(turns);
    }

    private Requests requests() {
        return Objects.requireNonNull(requests);
    }
}
