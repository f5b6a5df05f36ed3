package org.stratumj.connection.sim;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// The simulated [Network]. Nothing happens but in [#run] and [#advance], which the test calls.
public final class SimNetwork implements Network {
    private static final int LANES = 3;
    private static final int TASKS_MAX = 2_000_000;

    private final long seed;
    private final Random random;
    private final SecureRandom secrets;
    private final List<SimLane> lanes = new ArrayList<>();
    private final PriorityQueue<SimTimer> timers = new PriorityQueue<>();
    private final Map<Integer, SimListener> listeners = new HashMap<>();
    private final List<SimPipe> pipes = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private Executor workers = Runnable::run;
    private long nanos;
    private long timersMade;
    private int portsGiven = 40_000;
    private String source = "10.0.0.1";

    /// A network without listeners, at an arbitrary moment.
    ///
    /// @param seed decides everything that is left to chance
    public SimNetwork(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.secrets = new SeededSecureRandom(seed);
        for (int i = 0; i < LANES; i++) {
            lanes.add(new SimLane("lane " + i, this));
        }
    }

    /// Runs every task that is ready, and what follows from it, without time passing.
    public void run() {
        for (int i = 0; i < TASKS_MAX; i++) {
            List<SimLane> ready = lanes.stream().filter(SimLane::isReady).toList();
            if (ready.isEmpty()) {
                return;
            }
            ready.get(random.nextInt(ready.size())).step();
        }
        throw new AssertionError("no end after " + TASKS_MAX + " tasks, " + this);
    }

    /// Runs what is ready, and every timer due within `duration` at its time.
    public void advance(Duration duration) {
        run();
        long end = nanos + duration.toNanos();
        while (!timers.isEmpty() && timers.peek().at() <= end) {
            SimTimer timer = timers.remove();
            moveTo(Math.max(nanos, timer.at()));
            timer.fire();
            run();
        }
        moveTo(Math.max(nanos, end));
    }

    /// Runs until `condition` holds, letting time pass as far as the next timer whenever nothing is ready.
    public void runUntil(BooleanSupplier condition) {
        for (int i = 0; i < TASKS_MAX; i++) {
            run();
            if (condition.getAsBoolean()) {
                return;
            }
            boolean stirred = lanes.stream().anyMatch(SimLane::isReady); // looking may have given tasks
            if (!stirred && timers.isEmpty()) {
                throw new AssertionError("nothing is left to happen, " + this);
            }
            if (!stirred) {
                advance(Duration.ofNanos(Math.max(0, timers.peek().at() - nanos)));
            }
        }
        throw new AssertionError("did not happen, " + this);
    }

    /// Time that the running task takes.
    public void spend(Duration duration) {
        moveTo(nanos + duration.toNanos());
    }

    /// Later pipes come from this IP address.
    public SimNetwork from(String source) {
        this.source = source;
        return this;
    }

    /// Lets the test say when workers work, instead of at once.
    public WorkQueue holdWorkers() {
        WorkQueue queue = new WorkQueue();
        workers = queue;
        return queue;
    }

    /// Breaks every open pipe, as a failing network does.
    public void cut() {
        List.copyOf(pipes).forEach(pipe -> pipe.fail(new IOException("connection reset by the simulation")));
    }

    @Override
    public CompletionStage<Listener> listen(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
        int port = address.getPort() == 0 ? portsGiven++ : address.getPort();
        if (listeners.containsKey(port)) {
            return CompletableFuture.failedFuture(new BindException("port " + port + ": address already in use"));
        }
        SimListener listener = new SimListener(new InetSocketAddress(address.getAddress(), port), acceptor);
        listeners.put(port, listener);
        return CompletableFuture.completedFuture(listener);
    }

    @Override
    public CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler) {
        CompletableFuture<Pipe> result = new CompletableFuture<>();
        SimLane lane = anyLane();
        InetSocketAddress from = new InetSocketAddress(literal(source), portsGiven++);
        lane.execute(() -> {
            SimListener listener = listeners.get(port);
            if (host.endsWith(".invalid")) {
                result.completeExceptionally(new UnknownHostException("host name " + host + " cannot be resolved"));
            } else if (listener == null) {
                result.completeExceptionally(new IOException(host + ":" + port + ": connection refused"));
            } else {
                result.complete(establish(lane, from, listener, handler));
            }
        });
        return result;
    }

    @Override
    public SimLane newLane() {
        SimLane lane = new SimLane("service lane " + lanes.size(), this);
        lanes.add(lane);
        return lane;
    }

    /// At once on the lane that asks, unless [#holdWorkers] was called.
    @Override
    public Executor workers() {
        return workers;
    }

    /// The same as [#workers]: nothing really blocks here.
    @Override
    public Executor blocking() {
        return task -> workers.execute(task);
    }

    @Override
    public InstantSource clock() {
        return () -> now;
    }

    @Override
    public SecureRandom random() {
        return secrets;
    }

    @Override
    public void close() {
        listeners.clear();
        List.copyOf(pipes).forEach(pipe -> pipe.close(false));
        run();
    }

    @Override
    public String toString() {
        return "simulation with seed " + seed;
    }

    Instant now() {
        return now;
    }

    long nanoTime() {
        return nanos;
    }

    SimTimer schedule(SimLane lane, Runnable task, Duration delay) {
        SimTimer timer = new SimTimer(nanos + Math.max(0, delay.toNanos()), timersMade++, lane, task);
        timers.add(timer);
        return timer;
    }

    void cancel(SimTimer timer) {
        timers.remove(timer);
    }

    /// A length between 1 and `max`, now small, now large.
    int cut(int max) {
        return random.nextBoolean() ? max : 1 + random.nextInt(max);
    }

    void forget(SimPipe pipe) {
        pipes.remove(pipe);
    }

    private void moveTo(long nanos) {
        now = now.plusNanos(nanos - this.nanos);
        this.nanos = nanos;
    }

    private Pipe establish(
            SimLane lane, InetSocketAddress from, SimListener listener, Function<Pipe, PipeHandler> handler) {
        SimPipe client = new SimPipe(this, lane, listener.localAddress());
        SimPipe server = new SimPipe(this, anyLane(), from);
        client.join(server);
        pipes.add(client);
        pipes.add(server);
        server.lane().execute(() -> server.attach(listener.acceptor));
        client.attach(handler);
        return client;
    }

    private SimLane anyLane() {
        return lanes.get(random.nextInt(LANES));
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private final class SimListener implements Listener {
        private final InetSocketAddress address;
        private final Function<Pipe, PipeHandler> acceptor;

        SimListener(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
            this.address = address;
            this.acceptor = acceptor;
        }

        @Override
        public InetSocketAddress localAddress() {
            return address;
        }

        @Override
        public CompletionStage<?> close() {
            listeners.remove(address.getPort(), this);
            return CompletableFuture.completedFuture(null);
        }
    }
}
