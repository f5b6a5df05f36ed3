package org.stratumj.service;

import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Lane;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;

/// A client that is set up, with the handler that serves it. Lane only, except where [Downstream] says
/// otherwise.
final class Peer<I extends Sv2Message, O extends Sv2Message> implements Downstream<O> {
    private final Connection connection;
    private final Served<I, O> served;
    private final Class<I> incoming;
    private final EffectRunner<O> effects;
    private @Nullable PeerHandler<I, O> handler;

    Peer(Connection connection, Served<I, O> served, Class<I> incoming) {
        this.connection = connection;
        this.served = served;
        this.incoming = incoming;
        this.effects = new EffectRunner<>(connection);
    }

    void attach(PeerHandler<I, O> handler) {
        this.handler = handler;
    }

    void begin() {
        effects.call(handler()::onOpen);
    }

    void onMessage(Sv2Message message) {
        effects.call(() -> handler().onMessage(incoming.cast(message)));
    }

    void onUnknown(UnknownMessage message) {
        effects.call(() -> handler().onUnknown(message));
    }

    void onWritable() {
        effects.call(handler()::onWritable);
    }

    void onClosed(CloseReason reason) {
        served.leave(this);
        handler().onClose(reason);
    }

    /// Does `action` if the handler is an `H` and the connection open.
    <H extends PeerHandler<?, O>> void visit(Class<H> type, Function<? super H, Effect<O>> action) {
        if (connection.isOpen() && type.isInstance(handler)) {
            effects.call(() -> action.apply(type.cast(handler())));
        }
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
