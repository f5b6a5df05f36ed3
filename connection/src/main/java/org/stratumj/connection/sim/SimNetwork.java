package org.stratumj.connection.sim;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.LaneGuard;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// The simulated [Network]. Nothing happens but in [#run] and [#advance], which the test calls.
///
/// A task that throws ends neither its lane nor the run. But it is a bug, so the call that ran it fails at its end,
/// unless the test said [#tolerateFailures].
///
/// It is also that of the first process; [#process] makes more of them.
public final class SimNetwork implements Network {
    private static final int LANES = 3;
    private static final int TASKS_MAX = 2_000_000;
    private static final String SOURCE = "10.0.0.1";
    private static final int PORT_FIRST = 40_000;
    private static final int PORT_LAST = 65_535;

    private final long seed;
    private final SplittableRandom random;
    private final SimTimers timers = new SimTimers();
    private final List<SimLane> ready = new ArrayList<>();
    private final Map<Integer, SimListener> listeners = new HashMap<>();
    private final Set<SimPipe> pipes = new LinkedHashSet<>();
    private final SimProcess first;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private Executor workers = Runnable::run;
    private long nanos;
    private long tasksRun;
    private int lanesMade;
    private int lastPort = PORT_FIRST - 1;
    private final LaneGuard guard = new LaneGuard();
    private @Nullable Throwable failure;
    private boolean failuresTolerated;
    private boolean running;

    /// A network without listeners, at an arbitrary moment.
    ///
    /// @param seed decides everything that is left to chance
    public SimNetwork(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.first = new SimProcess("first process", this, LANES, SOURCE, new SeededSecureRandom(seed));
    }

    /// A further process.
    ///
    /// @param lanes  that its pipes are spread over, at least 1
    /// @param source the IP address that its pipes come from
    public SimProcess process(String name, int lanes, String source) {
        return new SimProcess(name, this, lanes, source, new SeededSecureRandom(random.nextLong()));
    }

    /// Runs every task that is ready, and what follows from it, without time passing.
    ///
    /// @throws AssertionError if one of them threw
    public void run() {
        for (int i = 0; i < TASKS_MAX; i++) {
            if (ready.isEmpty()) {
                failIfTaskFailed();
                return;
            }
            step();
        }
        throw new AssertionError("no end after " + TASKS_MAX + " tasks, " + this);
    }

    /// From now on tasks may throw, which only [#laneFailures] shows.
    public void tolerateFailures() {
        failuresTolerated = true;
    }

    /// Runs what is ready, and every timer due within `duration` at its time.
    public void advance(Duration duration) {
        run();
        long end = nanos + duration.toNanos();
        for (SimTimer timer = timers.peek(); timer != null && timer.at() <= end; timer = timers.peek()) {
            timers.remove();
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
            if (!ready.isEmpty()) {
                continue; // looking has given tasks
            }
            SimTimer next = timers.peek();
            if (next == null) {
                throw new AssertionError("nothing is left to happen, " + this);
            }
            advance(Duration.ofNanos(Math.max(0, next.at() - nanos)));
        }
        throw new AssertionError("did not happen, " + this);
    }

    /// Tasks that have run.
    public long tasksRun() {
        return tasksRun;
    }

    /// Timers that are still to fire.
    public int timers() {
        return timers.size();
    }

    /// Ends of connections that are open.
    public int pipes() {
        return pipes.size();
    }

    /// Time that the running task takes.
    public void spend(Duration duration) {
        moveTo(nanos + duration.toNanos());
    }

    /// Later pipes come from this IP address.
    public SimNetwork from(String source) {
        first.source(source);
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
        return listen(first, address, acceptor);
    }

    @Override
    public CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler) {
        return connect(first, host, port, handler);
    }

    @Override
    public SimLane newLane() {
        return first.newLane();
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
    public long laneFailures() {
        return guard.failures();
    }

    @Override
    public InstantSource clock() {
        return () -> now;
    }

    @Override
    public SecureRandom random() {
        return first.random();
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration max) {
        CompletableFuture<?> done = stage.toCompletableFuture();
        if (running) {
            return done.isDone(); // the run under way goes on when the caller returns
        }
        long end = nanos + max.toNanos();
        run();
        for (SimTimer next = timers.peek(); !done.isDone() && next != null && next.at() <= end; next = timers.peek()) {
            advance(Duration.ofNanos(Math.max(0, next.at() - nanos)));
        }
        return done.isDone();
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

    CompletionStage<Listener> listen(
            SimProcess process, InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
        int port = address.getPort() == 0 ? freePort() : address.getPort();
        if (listeners.containsKey(port)) {
            return CompletableFuture.failedFuture(new BindException("port " + port + ": address already in use"));
        }
        SimListener listener = new SimListener(new InetSocketAddress(address.getAddress(), port), acceptor, process);
        listeners.put(port, listener);
        return CompletableFuture.completedFuture(listener);
    }

    CompletionStage<Pipe> connect(SimProcess process, String host, int port, Function<Pipe, PipeHandler> handler) {
        CompletableFuture<Pipe> result = new CompletableFuture<>();
        SimLane lane = anyLane(process);
        InetSocketAddress from = new InetSocketAddress(process.source(), freePort());
        lane.execute(() -> {
            SimListener listener = listeners.get(port);
            if (host.endsWith(".invalid")) {
                result.completeExceptionally(new UnknownHostException("host name " + host + " cannot be resolved"));
            } else if (listener == null) {
                result.completeExceptionally(new IOException(host + ":" + port + ": connection refused"));
            } else {
                establish(lane, from, listener, handler, result);
            }
        });
        return result;
    }

    SimLane lane(SimProcess process, int number) {
        String name = process + (number < process.pipeLanes() ? ", lane " : ", service lane ") + number;
        return new SimLane(lanesMade++, name, this, process);
    }

    /// Runs a task of a lane or a callback of a pipe.
    void guard(Object where, Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failed(where, e);
        }
    }

    void failed(Object where, Throwable e) {
        guard.failed(where, e);
        if (failure == null && !failuresTolerated) {
            failure = e;
        }
    }

    void ready(SimLane lane) {
        ready.add(lane);
    }

    Instant now() {
        return now;
    }

    long nanoTime() {
        return nanos;
    }

    SimTimer schedule(SimLane lane, Runnable task, Duration delay) {
        return timers.add(nanos + Math.max(0, delay.toNanos()), lane, task);
    }

    /// A length between 1 and `max`, now small, now large.
    int cut(int max) {
        return random.nextBoolean() ? max : 1 + random.nextInt(max);
    }

    void forget(SimPipe pipe) {
        pipes.remove(pipe);
    }

    /// The process was killed.
    void forget(SimProcess process) {
        listeners.values().removeIf(listener -> listener.process == process);
        timers.sweep();
        IOException reset = new IOException("connection reset by " + process + ", which crashed");
        pipesOf(process).forEach(pipe -> pipe.vanish(reset));
    }

    void close(SimProcess process) {
        listeners.values().removeIf(listener -> listener.process == process);
        pipesOf(process).forEach(pipe -> pipe.close(false));
    }

    private List<SimPipe> pipesOf(SimProcess process) {
        return pipes.stream().filter(pipe -> pipe.lane().process() == process).toList();
    }

    /// One task of a lane that is ready, whichever the seed says.
    private void step() {
        int choice = ready.size() == 1 ? 0 : random.nextInt(ready.size());
        SimLane lane = ready.get(choice);
        tasksRun++;
        running = true;
        boolean more = lane.step();
        running = false;
        if (!more) {
            SimLane last = ready.removeLast();
            if (choice < ready.size()) {
                ready.set(choice, last);
            }
        }
    }

    private void moveTo(long nanos) {
        now = now.plusNanos(nanos - this.nanos);
        this.nanos = nanos;
    }

    private void failIfTaskFailed() {
        Throwable first = failure;
        failure = null;
        if (first != null) {
            throw new AssertionError("a task failed, " + this, first);
        }
    }

    private void establish(
            SimLane lane,
            InetSocketAddress from,
            SimListener listener,
            Function<Pipe, PipeHandler> handler,
            CompletableFuture<Pipe> result) {
        SimPipe client = new SimPipe(this, lane, listener.localAddress());
        SimPipe server = new SimPipe(this, anyLane(listener.process), from);
        client.join(server);
        pipes.add(client);
        pipes.add(server);
        server.lane().execute(() -> server.attach(listener.acceptor));
        client.attach(handler)
                .ifPresentOrElse(
                        failure -> result.completeExceptionally(new IOException("no handler: " + failure, failure)),
                        () -> result.complete(client));
    }

    private int freePort() {
        do {
            lastPort = lastPort == PORT_LAST ? PORT_FIRST : lastPort + 1;
        } while (listeners.containsKey(lastPort));
        return lastPort;
    }

    private SimLane anyLane(SimProcess process) {
        int lanes = process.pipeLanes();
        return process.lane(lanes == 1 ? 0 : random.nextInt(lanes));
    }

    private final class SimListener implements Listener {
        private final InetSocketAddress address;
        private final Function<Pipe, PipeHandler> acceptor;
        private final SimProcess process;

        SimListener(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor, SimProcess process) {
            this.address = address;
            this.acceptor = acceptor;
            this.process = process;
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
