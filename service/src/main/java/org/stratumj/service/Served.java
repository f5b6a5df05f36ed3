package org.stratumj.service;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.stratumj.connection.Connection;
import org.stratumj.connection.Lane;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;

/// One subprotocol of a server: its handler and the peers that are open. Any thread, except where it says
/// otherwise.
///
/// @param <I> messages from clients
/// @param <O> messages to clients
final class Served<I extends Sv2Message, O extends Sv2Message> implements ServerContext<O> {
    private final Subprotocol subprotocol;
    private final Class<I> incoming;
    private final ServerHandler<I, O> handler;
    private final Lane lane;
    private final ConcurrentHashMap<Lane, Roster<Peer<I, O>>> rosters = new ConcurrentHashMap<>();
    private final AtomicInteger peers = new AtomicInteger();

    Served(Subprotocol subprotocol, Class<I> incoming, ServerHandler<I, O> handler, Lane lane) {
        this.subprotocol = subprotocol;
        this.incoming = incoming;
        this.handler = handler;
        this.lane = lane;
    }

    Subprotocol subprotocol() {
        return subprotocol;
    }

    ServerHandler<I, O> handler() {
        return handler;
    }

    /// Accepts a client that is set up. On its lane, in the turn in which [Peer#begin] follows: so whoever
    /// publishes news and then calls [#forEach] reaches this peer, if it did not see the news by itself.
    Peer<I, O> open(Connection connection) {
        Peer<I, O> peer = new Peer<>(connection, this, incoming);
        peer.attach(handler.open(peer));
        rosterOf(peer).join(peer);
        peers.incrementAndGet();
        return peer;
    }

    /// On the lane of the peer, once.
    void leave(Peer<I, O> peer) {
        rosterOf(peer).leave(peer);
        peers.decrementAndGet();
    }

    @Override
    public <H extends PeerHandler<?, O>> void forEach(Class<H> type, Function<? super H, Effect<O>> action) {
        rosters.values().forEach(roster -> roster.sweep(peer -> peer.visit(type, action)));
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public int peers() {
        return peers.get();
    }

    private Roster<Peer<I, O>> rosterOf(Peer<I, O> peer) {
        return rosters.computeIfAbsent(peer.lane(), Roster::new);
    }
}
