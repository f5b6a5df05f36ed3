package org.stratumj.service;

import java.util.function.Function;
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

    /// The service's own lane, where its [Link]s deliver. Not the lane of any connection.
    Lane lane();

    /// How many peers of this subprotocol are open.
    int peers();
}
