package org.stratumj.service;

import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;

final class ServerBuilder implements Sv2ServerService.Builder {
    ServerBuilder(Network network) {
        throw new UnsupportedOperationException(network.toString());
    }

    @Override
    public ServerBuilder name(String name) {
        return this;
    }

    @Override
    public ServerBuilder listen(InetSocketAddress address) {
        return this;
    }

    @Override
    public ServerBuilder security(ServerSecurity security) {
        return this;
    }

    @Override
    public ServerBuilder limits(ConnectionLimits limits) {
        return this;
    }

    @Override
    public ServerBuilder mining(MiningServerHandler handler) {
        return this;
    }

    @Override
    public ServerBuilder jobDeclaration(JobDeclarationServerHandler handler) {
        return this;
    }

    @Override
    public ServerBuilder templateDistribution(TemplateServerHandler handler) {
        return this;
    }

    @Override
    public ServerBuilder listener(ServiceListener listener) {
        return this;
    }

    @Override
    public <E> ServerBuilder link(Link<E> link, Consumer<? super E> receiver) {
        return this;
    }

    @Override
    public Sv2ServerService build() {
        throw new UnsupportedOperationException();
    }
}
