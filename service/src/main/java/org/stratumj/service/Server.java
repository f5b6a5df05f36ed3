package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Acceptor;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionHandler;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.ExtensionPolicy;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Meter;
import org.stratumj.connection.PeerInfo;
import org.stratumj.connection.SetupPolicy;
import org.stratumj.connection.SetupVerdict;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.ToClient;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.Sv2Outcome.Cause;
import org.stratumj.service.Sv2Outcome.Done;
import org.stratumj.service.Sv2Outcome.Refused;
import org.stratumj.service.Sv2ServerEvent.CloseClient;
import org.stratumj.service.Sv2ServerEvent.IncomingMessage;
import org.stratumj.service.Sv2ServerEvent.MultipleEvents;
import org.stratumj.service.Sv2ServerEvent.SendEventToSiblingClientService;
import org.stratumj.service.Sv2ServerEvent.SendMessagesToClient;
import org.stratumj.service.Sv2ServerEvent.SendMessagesToClients;

/// The server behind [Sv2ServerService].
final class Server extends Service<Sv2ServerEvent> implements Sv2ServerService, Acceptor.Handlers {
    private static final Logger LOG = System.getLogger("org.stratumj.service");
    private static final CloseReason SHUTDOWN = new CloseReason.Local("the server is shutting down");

    private final ServerOptions options;
    private final Map<Subprotocol, Served<?, ?>> served = new EnumMap<>(Subprotocol.class);
    private final List<Served<?, ?>> started = new CopyOnWriteArrayList<>();
    /// By id, so that they are closed in the order in which they came.
    private final ConcurrentSkipListMap<Long, Connection> connections = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Peer<?, ?>> peers = new ConcurrentSkipListMap<>();
    private volatile @Nullable Acceptor acceptor;
    private volatile boolean portFree;

    Server(ServerOptions options, Lane lane) {
        super(options.name(), lane, options.network(), options.listeners(), options.subscriptions());
        this.options = options;
        options.siblings().ifPresent(siblings -> subscribe(siblings.toServer()));
        options.handlers().forEach(handler -> {
            Served<?, ?> one = serve(handler, surroundings());
            served.put(one.subprotocol(), one);
        });
    }

    @Override
    public InetSocketAddress localAddress() {
        Acceptor bound = acceptor;
        if (bound == null) {
            throw new IllegalStateException(name() + " has not been started");
        }
        return bound.localAddress();
    }

    @Override
    public List<PeerInfo> peers() {
        return peers.values().stream().map(Peer::info).toList();
    }

    @Override
    CompletionStage<Sv2Outcome> handleWhileReady(Sv2ServerEvent event) {
        return switch (event) {
            case IncomingMessage(var client, var message) -> withPeer(client, peer -> inject(peer, message));
            case SendMessagesToClient(var client, var messages) -> withPeer(client, peer -> send(peer, messages));
            case SendMessagesToClients(var clients) -> EventQueue.handleAll(clients, this::handle);
            case CloseClient(var client, var reason) ->
                withPeer(client, peer -> {
                    peer.close(reason);
                    return CompletableFuture.completedFuture(Done.OK);
                });
            case SendEventToSiblingClientService(var wrapped) ->
                options.siblings()
                        .map(siblings -> Siblings.send(siblings.toClient(), wrapped, lane()))
                        .orElseGet(() -> CompletableFuture.completedFuture(
                                new Refused(Cause.NO_SIBLING, name() + " has no sibling")));
            case MultipleEvents(var events) -> EventQueue.handleAll(events, this::handle);
        };
    }

    private CompletionStage<Sv2Outcome> withPeer(
            ConnectionId client, Function<Peer<?, ?>, CompletionStage<Sv2Outcome>> action) {
        Peer<?, ?> peer = peers.get(client.value());
        return peer != null ? action.apply(peer) : CompletableFuture.completedFuture(Refused.notConnected(client));
    }

    private static CompletionStage<Sv2Outcome> inject(Peer<?, ?> peer, Sv2Message message) {
        return on(peer.lane(), outcome -> {
            if (!peer.takes(message)) {
                outcome.complete(Refused.wrongMessage(message, peer));
            } else if (!peer.connection().isOpen()) {
                outcome.complete(Refused.notConnected(peer.connection().id()));
            } else {
                peer.inject(message, seenBy(outcome));
            }
        });
    }

    /// All of them or none.
    private static CompletionStage<Sv2Outcome> send(Peer<?, ?> peer, List<? extends ToClient> messages) {
        return on(peer.lane(), outcome -> {
            Optional<? extends ToClient> foreign = messages.stream()
                    .filter(message -> !peer.mayBeSent(message))
                    .findFirst();
            if (foreign.isPresent()) {
                outcome.complete(Refused.wrongMessage(foreign.get(), peer));
            } else if (!peer.connection().isOpen()) {
                outcome.complete(Refused.notConnected(peer.connection().id()));
            } else {
                messages.forEach(message -> peer.connection().send((Sv2Message) message));
                outcome.complete(Done.OK);
            }
        });
    }

    @Override
    public ConnectionHandler accept(Connection connection) {
        Guest guest = new Guest(connection);
        connections.put(connection.id().value(), connection);
        // After adding, so that either drain() sees the connection, or this sees the draining.
        if (state() == ServiceState.DRAINING || state().isFinal()) {
            connection.close(SHUTDOWN);
        }
        return guest;
    }

    @Override
    public void refused(InetSocketAddress remote, CloseReason reason) {
        listeners().onRefused(remote, reason);
    }

    @Override
    void launch() throws Sv2ServiceException {
        for (Served<?, ?> one : served.values()) {
            startHandler(one);
            started.add(one);
        }
        try {
            acceptor = Acceptor.listen(
                            options.network(), options.address(), options.security(), options.limits(), policy(), this)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw Startup.failure(options.address(), Objects.requireNonNullElse(e.getCause(), e));
        }
        InetSocketAddress bound = localAddress();
        LOG.log(Level.INFO, () -> name() + ": listening on " + bound.getHostString() + ":" + bound.getPort());
    }

    @Override
    int open() {
        return connections.size();
    }

    @Override
    public int halfOpen() {
        return Math.max(0, connections.size() - peers.size());
    }

    @Override
    public Set<Subprotocol> subprotocols() {
        return Collections.unmodifiableSet(served.keySet());
    }

    @Override
    public int peers(Subprotocol subprotocol) {
        Served<?, ?> one = served.get(subprotocol);
        return one == null ? 0 : one.peers();
    }

    @Override
    public long queuedBytes() {
        return peers.values().stream()
                .mapToLong(peer -> peer.connection().queuedBytes())
                .sum();
    }

    @Override
    void drain() {
        Acceptor bound = acceptor;
        if (bound != null) {
            bound.close().whenComplete((closed, failure) -> {
                portFree = true;
                maybeFinish();
            });
        }
        connections.values().forEach(connection -> connection.close(SHUTDOWN));
    }

    @Override
    boolean isDrained() {
        return portFree && connections.isEmpty();
    }

    @Override
    void abort() {
        connections
                .values()
                .forEach(connection -> connection.lane().execute(() -> {
                    dropped(connection.queuedBytes());
                    connection.abort(SHUTDOWN);
                }));
    }

    @Override
    void stopped() {
        served.values().forEach(Served::stop);
        started.reversed().forEach(this::stopHandler);
    }

    private SetupPolicy policy() {
        Map<Subprotocol, Long> flags = new EnumMap<>(Subprotocol.class);
        Map<Subprotocol, ExtensionPolicy> extensions = new EnumMap<>(Subprotocol.class);
        served.forEach((subprotocol, one) -> {
            flags.put(subprotocol, one.handler().supportedFlags());
            extensions.put(subprotocol, one.handler().extensions());
        });
        return new SetupPolicy(flags, extensions);
    }

    private Served<?, ?> servedBy(int protocol) {
        return Subprotocol.of(protocol).map(served::get).orElseThrow();
    }

    private static Served<?, ?> serve(ServerHandler<?, ?> handler, Served.Surroundings surroundings) {
        return switch (handler) {
            case Sv2MiningServerHandler mining ->
                new Served<>(Subprotocol.MINING, MiningToServer.class, MiningToClient.class, mining, surroundings);
            case Sv2JobDeclarationServerHandler declaration ->
                new Served<>(
                        Subprotocol.JOB_DECLARATION,
                        JobDeclarationToServer.class,
                        JobDeclarationToClient.class,
                        declaration,
                        surroundings);
            case Sv2TemplateDistributionServerHandler templates ->
                new Served<>(
                        Subprotocol.TEMPLATE_DISTRIBUTION,
                        TemplateToServer.class,
                        TemplateToClient.class,
                        templates,
                        surroundings);
        };
    }

    private static <I extends Sv2Message, O extends Sv2Message> void startHandler(Served<I, O> one)
            throws Sv2ServiceException {
        try {
            one.handler().onStart(one);
        } catch (RuntimeException e) {
            throw Startup.failure(one.subprotocol(), e);
        }
    }

    private void stopHandler(Served<?, ?> one) {
        try {
            one.handler().onStop();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, name() + ": the handler of " + one.subprotocol() + " failed to stop", e);
        }
    }

    /// A connection, of which nobody knows the subprotocol until it is set up. Lane only.
    private final class Guest implements ConnectionHandler {
        private final Connection connection;
        private @Nullable Peer<?, ?> peer;

        Guest(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Meter meter() {
            return listeners().metrics();
        }

        @Override
        public SetupVerdict onSetup(SetupConnection request, SetupVerdict.Accept proposed) {
            return servedBy(request.protocol()).handler().onSetup(request, proposed);
        }

        @Override
        public void onOpen(Connection connection) {
            PeerInfo info = connection.info();
            Peer<?, ?> opened = servedBy(info.setup().subprotocol().code()).open(connection);
            peer = opened;
            peers.put(info.id().value(), opened);
            listeners().onConnected(info);
            opened.begin();
        }

        @Override
        public void onMessage(Sv2Message message) {
            Objects.requireNonNull(peer).onMessage(message);
        }

        @Override
        public void onUnknown(UnknownMessage message) {
            Objects.requireNonNull(peer).onUnknown(message);
        }

        @Override
        public void onWritable() {
            Objects.requireNonNull(peer).onWritable();
        }

        @Override
        public void onClosed(CloseReason reason) {
            Peer<?, ?> was = peer;
            if (was == null) {
                listeners().onRefused(connection.remoteAddress(), reason);
                forget();
                return;
            }
            PeerInfo info = connection.info();
            peers.remove(info.id().value());
            listeners().ended(connection, reason);
            was.onClosed(reason, this::forget);
        }

        private void forget() {
            connections.remove(connection.id().value());
            maybeFinish();
        }
    }
}
