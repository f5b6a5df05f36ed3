package org.stratumj.connection;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Another network with a wall clock that is wrong by `error`.
record ShiftedNetwork(Network network, Duration error) implements Network {
    @Override
    public CompletionStage<Listener> listen(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
        return network.listen(address, acceptor);
    }

    @Override
    public CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler) {
        return network.connect(host, port, timeout, handler);
    }

    @Override
    public Lane newLane() {
        return network.newLane();
    }

    @Override
    public Executor workers() {
        return network.workers();
    }

    @Override
    public Executor blocking() {
        return network.blocking();
    }

    @Override
    public long laneFailures() {
        return network.laneFailures();
    }

    @Override
    public InstantSource clock() {
        return () -> network.clock().instant().plus(error);
    }

    @Override
    public SecureRandom random() {
        return network.random();
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration max) throws InterruptedException {
        return network.await(stage, max);
    }

    @Override
    public void close() {
        network.close();
    }
}
