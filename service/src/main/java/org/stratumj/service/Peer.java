package org.stratumj.service;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Lane;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.ToClient;
import org.stratumj.protocol.UnknownMessage;

/// A client that is set up, with the handler that serves it. Lane only, except where [Downstream] says
/// otherwise.
final class Peer<I extends Sv2Message, O extends Sv2Message> implements Downstream<O> {
    private final Connection connection;
    private final Served<I, O> served;
    private final Turns<O> turns;
    private final Requests requests;
    private @Nullable PeerHandler<I, O> handler;

    Peer(Connection connection, Served<I, O> served, Turns<O> turns, Requests requests) {
        this.connection = connection;
        this.served = served;
        this.turns = turns;
        this.requests = requests;
    }

    void attach(PeerHandler<I, O> handler) {
        this.handler = handler;
    }

    void begin() {
        turns.call(handler()::onOpen);
    }

    void onMessage(Sv2Message message) {
        if (!requests.take(message)) {
            turns.call(() -> handler().onMessage(served.incoming().cast(message)));
        }
    }

    /// The same for a message that did not come from the peer.
    void inject(Sv2Message message, Turns.Seen<O> seen) {
        turns.call(() -> handler().onMessage(served.incoming().cast(message)), seen);
    }

    /// Whether the handler takes such a message.
    boolean takes(Sv2Message message) {
        return served.incoming().isInstance(message);
    }

    /// Whether such a message belongs to the subprotocol of this connection.
    boolean mayBeSent(ToClient message) {
        return served.outgoing().isInstance(message);
    }

    void onUnknown(UnknownMessage message) {
        turns.call(() -> handler().onUnknown(message));
    }

    void onWritable() {
        turns.call(handler()::onWritable);
    }

    /// @param then what follows when the handler has been told
    void onClosed(CloseReason reason, Runnable then) {
        served.leave(this);
        requests.closed(reason);
        turns.last(() -> handler().onClose(reason), then);
    }

    /// Does `action` if the handler is an `H` and the connection open.
    <H extends PeerHandler<?, O>> void visit(Class<H> type, Function<? super H, Effect<O>> action) {
        if (connection.isOpen() && type.isInstance(handler)) {
            turns.news(() -> action.apply(type.cast(handler())));
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public PeerInfo info() {
        return connection.info();
    }

    @Override
    public Lane lane() {
        return connection.lane();
    }

    @Override
    public Set<Integer> extensions() {
        return connection.extensions();
    }

    @Override
    public void send(O message) {
        connection.send(message);
    }

    @Override
    public void send(EncodedFrame frame) {
        connection.send(frame);
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public <R extends Sv2Message> CompletionStage<R> request(O message, Class<R> reply, Duration timeout) {
        return requests.request(message, reply, timeout);
    }

    @Override
    public void close(CloseReason reason) {
        connection.close(reason);
    }

    @Override
    public String toString() {
        return connection.toString();
    }

    private PeerHandler<I, O> handler() {
        return Objects.requireNonNull(handler);
    }
}
