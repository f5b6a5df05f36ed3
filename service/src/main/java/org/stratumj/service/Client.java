package org.stratumj.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.stratumj.connection.Dialer;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Lane;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.service.Sv2ClientEvent.IncomingMessage;
import org.stratumj.service.Sv2ClientEvent.MultipleEvents;
import org.stratumj.service.Sv2ClientEvent.SendEventToSiblingServerService;
import org.stratumj.service.Sv2ClientEvent.SendMessageToJobDeclarationServer;
import org.stratumj.service.Sv2ClientEvent.SendMessageToMiningServer;
import org.stratumj.service.Sv2ClientEvent.SendMessageToTemplateDistributionServer;
import org.stratumj.service.Sv2ClientEvent.SetupConnectionTrigger;
import org.stratumj.service.Sv2Outcome.Cause;
import org.stratumj.service.Sv2Outcome.Done;
import org.stratumj.service.Sv2Outcome.Refused;

/// The client behind [Sv2ClientService].
final class Client extends Service<Sv2ClientEvent> implements Sv2ClientService, UpstreamKeeper.Events {
    private final ClientOptions options;
    private final RandomGenerator random;
    private final List<UpstreamKeeper<?, ?>> keepers = new ArrayList<>();

    Client(ClientOptions options, Lane lane, RandomGenerator random) {
        super(options.name(), lane, options.network(), options.listeners(), options.subscriptions());
        this.options = options;
        this.random = random;
        options.siblings().ifPresent(siblings -> subscribe(siblings.toClient()));
        options.upstreams().forEach(upstream -> keepers.add(keep(upstream, surroundings())));
    }

    @Override
    public boolean isUp(Subprotocol subprotocol) {
        return keepers.stream().anyMatch(keeper -> keeper.subprotocol() == subprotocol && keeper.isUp());
    }

    @Override
    CompletionStage<Sv2Outcome> handleWhileReady(Sv2ClientEvent event) {
        return switch (event) {
            case SetupConnectionTrigger(var subprotocol) ->
                withKeeper(subprotocol, keeper -> {
                    keeper.dialNow();
                    return CompletableFuture.completedFuture(Done.OK);
                });
            case IncomingMessage(var subprotocol, var message) ->
                withSession(subprotocol, session -> inject(session, subprotocol, message));
            case SendMessageToMiningServer(var message) -> send(Subprotocol.MINING, message);
            case SendMessageToJobDeclarationServer(var message) -> send(Subprotocol.JOB_DECLARATION, message);
            case SendMessageToTemplateDistributionServer(var message) ->
                send(Subprotocol.TEMPLATE_DISTRIBUTION, message);
            case SendEventToSiblingServerService(var wrapped) ->
                options.siblings()
                        .map(siblings -> Siblings.send(siblings.toServer(), wrapped, lane()))
                        .orElseGet(() -> CompletableFuture.completedFuture(
                                new Refused(Cause.NO_SIBLING, name() + " has no sibling")));
            case MultipleEvents(var events) -> EventQueue.handleAll(events, this::handle);
        };
    }

    private CompletionStage<Sv2Outcome> withKeeper(
            Subprotocol subprotocol, Function<UpstreamKeeper<?, ?>, CompletionStage<Sv2Outcome>> action) {
        return keepers.stream()
                .filter(keeper -> keeper.subprotocol() == subprotocol)
                .findFirst()
                .map(action)
                .orElseGet(() -> CompletableFuture.completedFuture(Refused.unsupported(subprotocol)));
    }

    private CompletionStage<Sv2Outcome> withSession(
            Subprotocol subprotocol, Function<UpstreamSession<?, ?>, CompletionStage<Sv2Outcome>> action) {
        return withKeeper(subprotocol, keeper -> {
            UpstreamSession<?, ?> session = keeper.up();
            return session != null
                    ? action.apply(session)
                    : CompletableFuture.completedFuture(Refused.notConnected(subprotocol));
        });
    }

    private static CompletionStage<Sv2Outcome> inject(
            UpstreamSession<?, ?> session, Subprotocol subprotocol, Sv2Message message) {
        return on(session.lane(), outcome -> {
            if (!session.takes(message)) {
                outcome.complete(Refused.wrongMessage(message, "a client of " + subprotocol));
            } else if (!session.isOpen()) {
                outcome.complete(Refused.notConnected(subprotocol));
            } else {
                session.inject(message, seenBy(outcome));
            }
        });
    }

    private CompletionStage<Sv2Outcome> send(Subprotocol subprotocol, Sv2Message message) {
        return withSession(
                subprotocol,
                session -> on(
                        session.lane(),
                        outcome -> outcome.complete(
                                session.sendNow(message) ? Done.OK : Refused.notConnected(subprotocol))));
    }

    @Override
    public void onStopped() {
        maybeFinish();
    }

    @Override
    public void onDropped(long bytes) {
        dropped(bytes);
    }

    @Override
    void launch() {
        keepers.forEach(keeper -> lane().execute(keeper::dial));
    }

    @Override
    int open() {
        return (int) keepers.stream().filter(UpstreamKeeper::isUp).count();
    }

    /// One that is not set up is an attempt, and no connection yet.
    @Override
    public int halfOpen() {
        return 0;
    }

    @Override
    public Set<Subprotocol> subprotocols() {
        return keepers.stream().map(UpstreamKeeper::subprotocol).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int peers(Subprotocol subprotocol) {
        return isUp(subprotocol) ? 1 : 0;
    }

    @Override
    public long queuedBytes() {
        return keepers.stream()
                .map(UpstreamKeeper::up)
                .filter(Objects::nonNull)
                .mapToLong(UpstreamSession::queuedBytes)
                .sum();
    }

    @Override
    void drain() {
        keepers.forEach(keeper -> lane().execute(keeper::stop));
    }

    @Override
    boolean isDrained() {
        return keepers.stream().allMatch(UpstreamKeeper::isStopped);
    }

    @Override
    void abort() {
        keepers.forEach(UpstreamKeeper::abort);
    }

    @Override
    void stopped() {}

    private UpstreamKeeper<?, ?> keep(ClientOptions.Upstreams upstreams, Served.Surroundings surroundings) {
        return switch (upstreams.handler()) {
            case Sv2MiningClientHandler mining ->
                keep(Subprotocol.MINING, MiningToClient.class, mining, upstreams.endpoints(), surroundings);
            case Sv2JobDeclarationClientHandler declaration ->
                keep(
                        Subprotocol.JOB_DECLARATION,
                        JobDeclarationToClient.class,
                        declaration,
                        upstreams.endpoints(),
                        surroundings);
            case Sv2TemplateDistributionClientHandler templates ->
                keep(
                        Subprotocol.TEMPLATE_DISTRIBUTION,
                        TemplateToClient.class,
                        templates,
                        upstreams.endpoints(),
                        surroundings);
        };
    }

    private <I extends Sv2Message, O extends Sv2Message> UpstreamKeeper<I, O> keep(
            Subprotocol subprotocol,
            Class<I> incoming,
            ClientHandler<I, O> handler,
            List<Endpoint> endpoints,
            Served.Surroundings surroundings) {
        return new UpstreamKeeper<>(
                subprotocol,
                incoming,
                handler,
                new Itinerary(endpoints, options.reconnect(), random),
                new Dialer(options.network(), options.limits()),
                options.device(),
                surroundings,
                this);
    }
}
