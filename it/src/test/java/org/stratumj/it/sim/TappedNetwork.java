package org.stratumj.it.sim;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// Puts a [Tap] on each pipe that is accepted.
final class TappedNetwork implements Network {
    private final Network below;
    private final Function<Pipe, TappedPipe> taps;

    TappedNetwork(Network below, Function<Pipe, TappedPipe> taps) {
        this.below = below;
        this.taps = taps;
    }

    @Override
    public CompletionStage<Listener> listen(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
        return below.listen(address, pipe -> {
            TappedPipe tapped = taps.apply(pipe);
            PipeHandler handler = acceptor.apply(tapped);
            return new Handler(tapped, handler);
        });
    }

    @Override
    public CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler) {
        return below.connect(host, port, timeout, handler);
    }

    @Override
    public Lane newLane() {
        return below.newLane();
    }

    @Override
    public Executor workers() {
        return below.workers();
    }

    @Override
    public Executor blocking() {
        return below.blocking();
    }

    @Override
    public long laneFailures() {
        return below.laneFailures();
    }

    @Override
    public InstantSource clock() {
        return below.clock();
    }

    @Override
    public SecureRandom random() {
        return below.random();
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration max) throws InterruptedException {
        return below.await(stage, max);
    }

    @Override
    public void close() {
        below.close();
    }

    private record Handler(TappedPipe pipe, PipeHandler handler) implements PipeHandler {
        @Override
        public void onBytes(byte[] bytes, int offset, int length) {
            pipe.received(bytes, offset, length);
            handler.onBytes(bytes, offset, length);
        }

        @Override
        public void onReadComplete() {
            handler.onReadComplete();
        }

        @Override
        public void onTaken() {
            handler.onTaken();
        }

        @Override
        public void onWritable() {
            handler.onWritable();
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            handler.onClosed(failure);
            pipe.tap().closed();
        }
    }
}
