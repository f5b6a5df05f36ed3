package org.stratumj.connection.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.stratumj.connection.Lane;
import org.stratumj.connection.LaneGuard;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// TCP. One is enough for a process: its lanes are event loops that all connections share.
///
/// ```text
/// accept loop ─▶ event loops (lanes of pipes)     service loop (lanes of services)     workers (handshakes)
/// ```
///
/// All threads are daemons: the program ends when its `main` does.
public final class NettyNetwork implements Network {
    // A peer that floods gets this much of a turn, then the other connections of the event loop have theirs.
    private static final int READ_BYTES_MAX = 16 << 10;
    private static final int READS_PER_TURN = 1;
    private static final int BACKLOG = 1024;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final Transport transport;
    private final InstantSource clock;
    private final SecureRandom random;
    private final IoEventLoopGroup acceptLoop;
    private final IoEventLoopGroup loops;
    private final EventExecutor serviceLoop;
    private final ExecutorService workers;
    private final ExecutorService blocking;
    private final OpenPipes pipes = new OpenPipes();
    private final LaneGuard guard = new LaneGuard();
    private final Map<EventExecutor, NettyLane> lanes = new HashMap<>();

    private NettyNetwork(Transport transport, int laneCount, InstantSource clock, SecureRandom random) {
        this.transport = transport;
        this.clock = clock;
        this.random = random;
        this.acceptLoop = new MultiThreadIoEventLoopGroup(1, threads("accept"), transport.handler());
        this.loops = new MultiThreadIoEventLoopGroup(laneCount, threads("lane"), transport.handler());
        this.serviceLoop = new DefaultEventExecutor(threads("service"));
        this.workers = Executors.newFixedThreadPool(laneCount, threads("worker"));
        this.blocking = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("stratumj-blocking-", 0).factory());
        loops.forEach(loop -> lanes.put(loop, new NettyLane("lane " + lanes.size(), loop, clock, guard)));
        lanes.put(serviceLoop, new NettyLane("service lane", serviceLoop, clock, guard));
    }

    /// Starts one with as many lanes as there are processors, the system's clock and randomness.
    public static NettyNetwork open() {
        return open(Runtime.getRuntime().availableProcessors(), InstantSource.system(), new SecureRandom());
    }

    /// Starts one.
    ///
    /// @param lanes how many event loops, at least 1; there are as many handshake workers
    public static NettyNetwork open(int lanes, InstantSource clock, SecureRandom random) {
        if (lanes < 1) {
            throw new IllegalArgumentException("lanes must be at least 1, is " + lanes);
        }
        return new NettyNetwork(Transport.best(), lanes, clock, random);
    }

    static NettyNetwork openNio(int lanes) {
        return new NettyNetwork(Transport.nio(), lanes, InstantSource.system(), new SecureRandom());
    }

    @Override
    public CompletionStage<Listener> listen(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
        if (acceptLoop.isShuttingDown()) {
            return CompletableFuture.failedFuture(closed());
        }
        CompletableFuture<Listener> result = new CompletableFuture<>();
        // After an error while accepting, as too many open files, Netty pauses for a second and goes on.
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptLoop, loops)
                .channel(transport.listener())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, readBuffers())
                .childHandler(new SocketInitializer(this::laneOf, acceptor, pipes));
        transport.options().forEach(bootstrap::childOption);
        bootstrap.bind(address).addListener((ChannelFuture bound) -> {
            if (bound.isSuccess()) {
                bound.channel()
                        .pipeline()
                        .addLast(new AcceptFailures(
                                text((InetSocketAddress) bound.channel().localAddress()), guard));
                result.complete(new BoundPort(bound.channel()));
            } else {
                result.completeExceptionally(Failures.unbound(text(address), bound.cause()));
            }
        });
        return result;
    }

    @Override
    public CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler) {
        if (loops.isShuttingDown()) {
            return CompletableFuture.failedFuture(closed());
        }
        EventLoop loop = loops.next();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.socket())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffers());
        transport.options().forEach(bootstrap::option);
        return new Dial(host, port, timeout, laneOf(loop), bootstrap, handler, pipes).start();
    }

    @Override
    public Lane newLane() {
        return laneOf(serviceLoop);
    }

    @Override
    public Executor workers() {
        return workers;
    }

    @Override
    public Executor blocking() {
        return blocking;
    }

    @Override
    public long laneFailures() {
        return guard.failures();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    @Override
    public void close() {
        stop(acceptLoop);
        pipes.closeAll(CLOSE_MAX);
        stop(loops);
        stop(serviceLoop);
        workers.shutdownNow();
        blocking.shutdownNow();
    }

    private NettyLane laneOf(EventExecutor loop) {
        return Objects.requireNonNull(lanes.get(loop));
    }

    private static IOException closed() {
        return new IOException("the network is closed");
    }

    private static void stop(EventExecutorGroup group) {
        group.shutdownGracefully(0, CLOSE_MAX.toSeconds(), TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_MAX.toMillis());
    }

    private static DefaultThreadFactory threads(String role) {
        return new DefaultThreadFactory("stratumj-" + role, true);
    }

    private static RecvByteBufAllocator readBuffers() {
        return new AdaptiveRecvByteBufAllocator(64, 2048, READ_BYTES_MAX).maxMessagesPerRead(READS_PER_TURN);
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    private record BoundPort(Channel channel) implements Listener {
        @Override
        public InetSocketAddress localAddress() {
            return (InetSocketAddress) channel.localAddress();
        }

        @Override
        public CompletionStage<?> close() {
            CompletableFuture<Boolean> closed = new CompletableFuture<>();
            channel.close().addListener(done -> afterTurn(() -> afterTurn(() -> closed.complete(done.isSuccess()))));
            return closed;
        }

        /// NIO gives the port back with the select that follows, so with the end of the next turn of the loop.
        private void afterTurn(Runnable task) {
            EventLoop loop = channel.eventLoop();
            if (loop.isShuttingDown()) {
                task.run();
            } else {
                var _ = loop.schedule(task, 1, TimeUnit.MILLISECONDS);
            }
        }
    }
}
