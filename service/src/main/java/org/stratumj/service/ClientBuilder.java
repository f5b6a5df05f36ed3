package org.stratumj.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.protocol.Subprotocol;

/// Gathers the options of a client.
final class ClientBuilder implements Sv2ClientService.Builder {
    private final Network network;
    private final RandomGenerator random;
    private final Map<Subprotocol, ClientOptions.Upstreams> upstreams = new LinkedHashMap<>();
    private final List<ServiceListener> listeners = new ArrayList<>();
    private final List<Subscription<?>> subscriptions = new ArrayList<>();
    private String name = "client";
    private ConnectionLimits limits = ConnectionLimits.defaults();
    private ReconnectPolicy reconnect = ReconnectPolicy.defaults();
    private ServiceMetrics metrics = ServiceMetrics.NONE;
    private boolean given;
    private @Nullable DeviceInfo device;
    private @Nullable Siblings siblings;

    ClientBuilder(Network network) {
        this(network, network.random());
    }

    /// @param random spreads the pauses before dialling again
    ClientBuilder(Network network, RandomGenerator random) {
        this.network = network;
        this.random = random;
    }

    @Override
    public ClientBuilder name(String name) {
        this.name = name;
        return this;
    }

    @Override
    public ClientBuilder mining(List<Endpoint> upstreams, Sv2MiningClientHandler handler) {
        return upstream(Subprotocol.MINING, upstreams, handler);
    }

    @Override
    public ClientBuilder jobDeclaration(List<Endpoint> upstreams, Sv2JobDeclarationClientHandler handler) {
        return upstream(Subprotocol.JOB_DECLARATION, upstreams, handler);
    }

    @Override
    public ClientBuilder templateDistribution(List<Endpoint> upstreams, Sv2TemplateDistributionClientHandler handler) {
        return upstream(Subprotocol.TEMPLATE_DISTRIBUTION, upstreams, handler);
    }

    @Override
    public ClientBuilder device(DeviceInfo device) {
        this.device = device;
        return this;
    }

    @Override
    public ClientBuilder limits(ConnectionLimits limits) {
        this.limits = limits;
        return this;
    }

    @Override
    public ClientBuilder reconnect(ReconnectPolicy policy) {
        reconnect = policy;
        return this;
    }

    @Override
    public ClientBuilder listener(ServiceListener listener) {
        listeners.add(listener);
        return this;
    }

    @Override
    public ClientBuilder metrics(ServiceMetrics metrics) {
        this.metrics = metrics;
        return this;
    }

    @Override
    public <E> ClientBuilder link(Link<E> link, Consumer<? super E> receiver) {
        subscriptions.add(new Subscription<>(link, receiver));
        return this;
    }

    @Override
    public ClientBuilder sibling(Siblings siblings) {
        this.siblings = siblings;
        return this;
    }

    @Override
    public Sv2ClientService build() {
        if (!given) {
            throw new IllegalStateException(name + ": a handler of at least one subprotocol is needed");
        }
        ClientOptions options = new ClientOptions(
                network,
                name,
                List.copyOf(upstreams.values()),
                device != null ? device : DeviceInfo.software(name),
                limits,
                reconnect,
                Listeners.of(name, true, listeners, metrics),
                List.copyOf(subscriptions),
                Optional.ofNullable(siblings));
        return new Client(options, network.newLane(), random);
    }

    private ClientBuilder upstream(Subprotocol subprotocol, List<Endpoint> endpoints, ClientHandler<?, ?> handler) {
        given = true;
        if (handler instanceof NullHandler) {
            upstreams.remove(subprotocol);
        } else {
            upstreams.put(subprotocol, new ClientOptions.Upstreams(endpoints, handler));
        }
        return this;
    }
}
