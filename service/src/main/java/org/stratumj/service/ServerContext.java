package org.stratumj.service;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.Lane;
import org.stratumj.protocol.Sv2Message;

/// A server service as its handler sees it. Any thread.
///
/// @param <O> the messages the server may send on this subprotocol
public interface ServerContext<O extends Sv2Message> {

    /// Runs `action` for every open peer of this subprotocol whose handler is an `H`, each on its own lane, in
    /// the order of connecting, and carries out what it returns. Two calls reach each peer in the order they
    /// were made. A peer that fails is closed and does not keep the others from their turn.
    ///
    /// A peer that connects meanwhile may be left out, so publish the news before calling: it is then seen in
    /// [PeerHandler#onOpen].
    <H extends PeerHandler<?, O>> void forEach(Class<H> type, Function<? super H, Effect<O>> action);

    /// The same as [#forEach] for news of which only the newest counts: while an announcement to handlers of
    /// `type` still waits for its turn, a later one takes its place. So `action` is to look up the newest state
    /// itself, and however fast news come, two announcements are the most that are under way.
    <H extends PeerHandler<?, O>> void announce(Class<H> type, Function<? super H, Effect<O>> action);

    /// Runs `action` for one peer, on its lane, and carries out what it returns.
    ///
    /// @return false if nobody with an `H` for handler is connected under this id
    <H extends PeerHandler<?, O>> boolean visit(
            ConnectionId peer, Class<H> type, Function<? super H, Effect<O>> action);

    /// The peer with this id; empty if it is not connected.
    Optional<Downstream<O>> find(ConnectionId peer);

    /// Runs `task` on the service's own lane again and again, until it is cancelled or the service has stopped.
    /// An exception is logged, and the next turn taken.
    ///
    /// @throws IllegalArgumentException if the period is not positive
    Lane.Scheduled every(Duration period, Runnable task);

    /// The service's own lane, where its [Link]s deliver. Not the lane of any connection.
    Lane lane();

    /// How many peers of this subprotocol are open.
    int peers();
}
