package org.stratumj.service;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.stratumj.connection.Dialer;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Lane;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;

/// The client behind [Sv2ClientService].
final class Client extends Service implements Sv2ClientService, UpstreamKeeper.Events {
    private final ClientOptions options;
    private final RandomGenerator random;
    private final List<UpstreamKeeper<?, ?>> keepers = new ArrayList<>();

    Client(ClientOptions options, Lane lane, RandomGenerator random) {
        super(options.name(), lane, options.listeners(), options.subscriptions());
        this.options = options;
        this.random = random;
        options.upstreams().forEach(upstream -> keepers.add(keep(upstream)));
    }

    @Override
    public boolean isUp(Subprotocol subprotocol) {
        return keepers.stream().anyMatch(keeper -> keeper.subprotocol() == subprotocol && keeper.isUp());
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

    private UpstreamKeeper<?, ?> keep(ClientOptions.Upstreams upstreams) {
        return switch (upstreams.handler()) {
            case Sv2MiningClientHandler mining ->
                keep(
                        Subprotocol.MINING,
                        org.stratumj.protocol.mining.MiningToClient.class,
                        mining,
                        upstreams.endpoints());
            case Sv2JobDeclarationClientHandler declaration ->
                keep(
                        Subprotocol.JOB_DECLARATION,
                        org.stratumj.protocol.jobdeclaration.JobDeclarationToClient.class,
                        declaration,
                        upstreams.endpoints());
            case Sv2TemplateDistributionClientHandler templates ->
                keep(
                        Subprotocol.TEMPLATE_DISTRIBUTION,
                        org.stratumj.protocol.template.TemplateToClient.class,
                        templates,
                        upstreams.endpoints());
        };
    }

    private <I extends Sv2Message, O extends Sv2Message> UpstreamKeeper<I, O> keep(
            Subprotocol subprotocol, Class<I> incoming, ClientHandler<I, O> handler, List<Endpoint> endpoints) {
        return new UpstreamKeeper<>(
                subprotocol,
                incoming,
                handler,
                new Itinerary(endpoints, options.reconnect(), random),
                new Dialer(options.network(), options.limits()),
                options.device(),
                lane(),
                this);
    }
}
