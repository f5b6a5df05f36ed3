package org.stratumj.service;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;

/// Gathers the options of a server.
final class ServerBuilder implements Sv2ServerService.Builder {
    private final Network network;
    private final List<ServiceListener> listeners = new ArrayList<>();
    private final List<Subscription<?>> subscriptions = new ArrayList<>();
    private String name = "server";
    private ConnectionLimits limits = ConnectionLimits.defaults();
    private ServiceMetrics metrics = ServiceMetrics.NONE;
    private @Nullable InetSocketAddress address;
    private @Nullable ServerSecurity security;
    private @Nullable Siblings siblings;
    private @Nullable Sv2MiningServerHandler mining;
    private @Nullable Sv2JobDeclarationServerHandler jobDeclaration;
    private @Nullable Sv2TemplateDistributionServerHandler templateDistribution;

    ServerBuilder(Network network) {
        this.network = network;
    }

    @Override
    public ServerBuilder name(String name) {
        this.name = name;
        return this;
    }

    @Override
    public ServerBuilder listen(InetSocketAddress address) {
        this.address = address;
        return this;
    }

    @Override
    public ServerBuilder security(ServerSecurity security) {
        this.security = security;
        return this;
    }

    @Override
    public ServerBuilder limits(ConnectionLimits limits) {
        this.limits = limits;
        return this;
    }

    @Override
    public ServerBuilder mining(Sv2MiningServerHandler handler) {
        mining = handler;
        return this;
    }

    @Override
    public ServerBuilder jobDeclaration(Sv2JobDeclarationServerHandler handler) {
        jobDeclaration = handler;
        return this;
    }

    @Override
    public ServerBuilder templateDistribution(Sv2TemplateDistributionServerHandler handler) {
        templateDistribution = handler;
        return this;
    }

    @Override
    public ServerBuilder listener(ServiceListener listener) {
        listeners.add(listener);
        return this;
    }

    @Override
    public ServerBuilder metrics(ServiceMetrics metrics) {
        this.metrics = metrics;
        return this;
    }

    @Override
    public <E> ServerBuilder link(Link<E> link, Consumer<? super E> receiver) {
        subscriptions.add(new Subscription<>(link, receiver));
        return this;
    }

    @Override
    public ServerBuilder sibling(Siblings siblings) {
        this.siblings = siblings;
        return this;
    }

    @Override
    public Sv2ServerService build() {
        return new Server(options(), network.newLane());
    }

    private ServerOptions options() {
        List<ServerHandler<?, ?>> handlers = Stream.<@Nullable ServerHandler<?, ?>>of(
                        mining, jobDeclaration, templateDistribution)
                .<ServerHandler<?, ?>>mapMulti((handler, found) -> {
                    if (handler != null) {
                        found.accept(handler);
                    }
                })
                .toList();
        if (address == null || security == null || handlers.isEmpty()) {
            throw new IllegalStateException(
                    name + ": listen, security and a handler of at least one subprotocol are needed");
        }
        return new ServerOptions(
                network,
                name,
                address,
                security,
                limits,
                handlers.stream()
                        .filter(handler -> !(handler instanceof NullHandler))
                        .toList(),
                Listeners.of(name, false, listeners, metrics),
                List.copyOf(subscriptions),
                Optional.ofNullable(siblings));
    }
}
