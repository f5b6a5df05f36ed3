package org.stratumj.service;

import java.util.List;
import java.util.function.Consumer;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;

final class ClientBuilder implements Sv2ClientService.Builder {
    ClientBuilder(Network network) {
        throw new UnsupportedOperationException(network.toString());
    }

    @Override
    public ClientBuilder name(String name) {
        return this;
    }

    @Override
    public ClientBuilder mining(List<Endpoint> upstreams, MiningClientHandler handler) {
        return this;
    }

    @Override
    public ClientBuilder jobDeclaration(List<Endpoint> upstreams, JobDeclarationClientHandler handler) {
        return this;
    }

    @Override
    public ClientBuilder templateDistribution(List<Endpoint> upstreams, TemplateClientHandler handler) {
        return this;
    }

    @Override
    public ClientBuilder device(DeviceInfo device) {
        return this;
    }

    @Override
    public ClientBuilder limits(ConnectionLimits limits) {
        return this;
    }

    @Override
    public ClientBuilder reconnect(ReconnectPolicy policy) {
        return this;
    }

    @Override
    public ClientBuilder listener(ServiceListener listener) {
        return this;
    }

    @Override
    public <E> ClientBuilder link(Link<E> link, Consumer<? super E> receiver) {
        return this;
    }

    @Override
    public Sv2ClientService build() {
        throw new UnsupportedOperationException();
    }
}
