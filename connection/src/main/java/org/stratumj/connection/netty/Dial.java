package org.stratumj.connection.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// One attempt to reach a host: its name is resolved, then each address tried, all within one time limit. Runs
/// on the lane that will own the pipe, except for the name, which may take long.
final class Dial {
    private final String host;
    private final int port;
    private final long deadline;
    private final NettyLane lane;
    private final Bootstrap bootstrap;
    private final Function<Pipe, PipeHandler> factory;
    private final OpenPipes pipes;
    private final Deque<InetAddress> addresses = new ArrayDeque<>();
    private final CompletableFuture<Pipe> result = new CompletableFuture<>();

    Dial(
            String host,
            int port,
            Duration timeout,
            NettyLane lane,
            Bootstrap bootstrap,
            Function<Pipe, PipeHandler> factory,
            OpenPipes pipes) {
        this.host = host;
        this.port = port;
        this.deadline = lane.nanoTime() + timeout.toNanos();
        this.lane = lane;
        this.bootstrap = bootstrap;
        this.factory = factory;
        this.pipes = pipes;
    }

    CompletableFuture<Pipe> start() {
        Thread.ofVirtual().name("stratumj-resolve").start(this::resolve);
        lane.schedule(
                () -> fail(new SocketTimeoutException(host + ":" + port + ": no answer in time")),
                Duration.ofNanos(Math.max(0, remainingNanos())));
        return result;
    }

    private void resolve() {
        try {
            List<InetAddress> all = List.of(InetAddress.getAllByName(host));
            lane.execute(() -> {
                addresses.addAll(all);
                tryNext(new UnknownHostException(host));
            });
        } catch (UnknownHostException e) {
            lane.execute(() -> fail(new UnknownHostException("host name " + host + " cannot be resolved")));
        } catch (RuntimeException | Error e) {
            lane.execute(() -> fail(e));
            throw e;
        }
    }

    private void tryNext(Throwable lastFailure) {
        if (result.isDone()) {
            return;
        }
        if (addresses.isEmpty()) {
            fail(lastFailure);
            return;
        }
        int millis = Math.clamp(remainingNanos() / 1_000_000, 1, Integer.MAX_VALUE);
        bootstrap
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .handler(new SocketInitializer(loop -> lane, this::attach, pipes))
                .connect(new InetSocketAddress(addresses.remove(), port))
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        tryNext(connected.cause());
                    }
                });
    }

    /// The connection is made: runs before any byte of it is read.
    private PipeHandler attach(Pipe pipe) {
        if (result.isDone()) {
            pipe.close(false);
            return new Unattended();
        }
        PipeHandler handler = make(pipe);
        result.complete(pipe);
        return handler;
    }

    private PipeHandler make(Pipe pipe) {
        try {
            return factory.apply(pipe);
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    private void fail(Throwable cause) {
        if (!result.isDone()) {
            result.completeExceptionally(Failures.readable(host + ":" + port, cause));
        }
    }

    private long remainingNanos() {
        return deadline - lane.nanoTime();
    }
}
