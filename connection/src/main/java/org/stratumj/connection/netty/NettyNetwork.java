package org.stratumj.connection.netty;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// TCP. One is enough for a process: its lanes are event loops that all connections share.
public final class NettyNetwork implements Network {
    private NettyNetwork() {}

    /// Starts one with as many lanes as there are processors, the system's clock and randomness.
    public static NettyNetwork open() {
        return open(Runtime.getRuntime().availableProcessors(), InstantSource.system(), new SecureRandom());
    }

    /// Starts one.
    ///
    /// @param lanes how many event loops, at least 1
    public static NettyNetwork open(int lanes, InstantSource clock, SecureRandom random) {
        if (lanes < 1) {
            throw new IllegalArgumentException("lanes must be at least 1, is " + lanes + clock + random);
        }
        return new NettyNetwork();
    }

    @Override
    public CompletionStage<Listener> listen(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Lane newLane() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Executor workers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SecureRandom random() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
