package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.Lane;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;

/// One subprotocol of a server: its handler and the peers that are open. Any thread, except where it says
/// otherwise.
///
/// @param <I> messages from clients
/// @param <O> messages to clients
final class Served<I extends Sv2Message, O extends Sv2Message> implements ServerContext<O> {
    private static final Logger LOG = System.getLogger("org.stratumj.service");

    private final Subprotocol subprotocol;
    private final Class<I> incoming;
    private final Class<O> outgoing;
    private final ServerHandler<I, O> handler;
    private final Surroundings surroundings;
    private final ConcurrentHashMap<Lane, Roster<Peer<I, O>>> rosters = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ConnectionId, Peer<I, O>> peers = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /// What a service lends to its subprotocols.
    ///
    /// @param lane    the service's own
    /// @param threads runs each task on a thread that may block
    /// @param watch   looks at each turn
    /// @param metrics gets the numbers
    /// @param mailbox counts the turns that wait for a thread
    record Surroundings(Lane lane, Executor threads, TurnWatch watch, ServiceMetrics metrics, LongAdder mailbox) {
        Surroundings(Lane lane, Executor threads, Listeners listeners) {
            this(lane, threads, new TurnWatch(listeners), listeners.metrics(), new LongAdder());
        }

        /// The turns of a handler on `connection`.
        <O extends Sv2Message> Turns<O> turns(Connection connection, boolean mayBlock) {
            EffectRunner<O> effects = new EffectRunner<>(connection, metrics);
            return mayBlock
                    ? new BlockingTurns<>(connection, effects, threads, metrics, mailbox)
                    : new LaneTurns<>(connection, effects, watch);
        }
    }

    Served(
            Subprotocol subprotocol,
            Class<I> incoming,
            Class<O> outgoing,
            ServerHandler<I, O> handler,
            Surroundings surroundings) {
        this.subprotocol = subprotocol;
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.handler = handler;
        this.surroundings = surroundings;
    }

    Subprotocol subprotocol() {
        return subprotocol;
    }

    Class<I> incoming() {
        return incoming;
    }

    Class<O> outgoing() {
        return outgoing;
    }

    ServerHandler<I, O> handler() {
        return handler;
    }

    /// Accepts a client that is set up. On its lane, in the turn in which [Peer#begin] follows: so whoever
    /// publishes news and then calls [#forEach] reaches this peer, if it did not see the news by itself.
    Peer<I, O> open(Connection connection) {
        Peer<I, O> peer = new Peer<>(
                connection,
                this,
                surroundings.turns(connection, handler.mayBlock()),
                new Requests(connection, surroundings.metrics()));
        peer.attach(handler.open(peer));
        rosterOf(peer).join(peer);
        peers.put(connection.id(), peer);
        return peer;
    }

    /// On the lane of the peer, once.
    void leave(Peer<I, O> peer) {
        rosterOf(peer).leave(peer);
        peers.remove(peer.connection().id());
    }

    /// No more turns of [#every].
    void stop() {
        stopped = true;
    }

    @Override
    public <H extends PeerHandler<?, O>> void forEach(Class<H> type, Function<? super H, Effect<O>> action) {
        rosters.values().forEach(roster -> roster.sweep(peer -> peer.visit(type, action)));
    }

    @Override
    public <H extends PeerHandler<?, O>> void announce(Class<H> type, Function<? super H, Effect<O>> action) {
        List<Roster<Peer<I, O>>> all = List.copyOf(rosters.values());
        AtomicInteger left = new AtomicInteger(all.size());
        long begun = lane().nanoTime();
        all.forEach(roster -> roster.sweep(type, peer -> peer.visit(type, action), () -> {
            if (left.decrementAndGet() == 0) {
                surroundings.metrics().took(Latency.NEWS, lane().nanoTime() - begun);
            }
        }));
    }

    @Override
    public <H extends PeerHandler<?, O>> boolean visit(
            ConnectionId id, Class<H> type, Function<? super H, Effect<O>> action) {
        Peer<I, O> peer = peers.get(id);
        if (peer != null) {
            peer.lane().execute(() -> peer.visit(type, action));
        }
        return peer != null;
    }

    @Override
    public Optional<Downstream<O>> find(ConnectionId id) {
        return Optional.ofNullable(peers.get(id));
    }

    @Override
    public Lane.Scheduled every(Duration period, Runnable task) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("the period must be positive, is " + period);
        }
        AtomicBoolean cancelled = new AtomicBoolean();
        again(period, task, cancelled);
        return () -> cancelled.set(true);
    }

    @Override
    public Lane lane() {
        return surroundings.lane();
    }

    @Override
    public int peers() {
        return peers.size();
    }

    private void again(Duration period, Runnable task, AtomicBoolean cancelled) {
        lane().schedule(
                        () -> {
                            if (!stopped && !cancelled.get()) {
                                run(task);
                                again(period, task, cancelled);
                            }
                        },
                        period);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, subprotocol + ": what is done again and again failed", e);
        }
    }

    private Roster<Peer<I, O>> rosterOf(Peer<I, O> peer) {
        return rosters.computeIfAbsent(peer.lane(), Roster::new);
    }
}
