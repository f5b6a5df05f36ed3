package org.stratumj.testkit.faults;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// A network around another one, simulated or of sockets, on whose pipes things go wrong as a policy says. Any thread.
///
/// Give it to one role and its pipes suffer; give it to all roles and both ends of each connection do, each by a plan
/// of its own. Time is that of the lanes, so that faults happen on virtual time where the lanes have it.
///
/// A fault counts once it has had an effect: a stall, a half close and a cut when they begin, others with the first
/// byte that is lost, altered, late, or cut off from its neighbour.
public final class FaultyNetwork implements Network {
    private static final FaultListener NOBODY = (pipe, fault) -> {};

    private final Network below;
    private final Faults faults;
    private final FaultListener listener;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, FaultyPipe> pipes = new ConcurrentSkipListMap<>();
    private final Map<FaultKind, LongAdder> injected = new EnumMap<>(FaultKind.class);
    private volatile boolean on = true;
    private volatile boolean closed;

    /// Puts faults on a network, which it closes when it is closed.
    public FaultyNetwork(Network below, Faults faults) {
        this(below, faults, NOBODY);
    }

    /// Puts faults on a network, and tells of them.
    public FaultyNetwork(Network below, Faults faults, FaultListener listener) {
        this.below = below;
        this.faults = faults;
        this.listener = listener;
        for (FaultKind kind : FaultKind.values()) {
            injected.put(kind, new LongAdder());
        }
    }

    /// Open pipes, in the order in which they were opened.
    public List<FaultyPipe> pipes() {
        return List.copyOf(pipes.values());
    }

    /// Lets no planned fault begin from now on, and ends those that last: what stalls, delays and splits; a connection
    /// that has lost bytes is cut, a half closed one is noticed.
    public void faultsOff() {
        on = false;
        pipes().forEach(FaultyPipe::heal);
    }

    /// Lets planned faults begin again. What was due meanwhile does not happen.
    public void faultsOn() {
        on = true;
    }

    /// Faults that had an effect, of all kinds.
    public long injected() {
        return injected.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /// Faults of one kind that had an effect.
    public long injected(FaultKind kind) {
        return count(kind).sum();
    }

    /// Faults that had an effect, by kind; every kind is named.
    public Map<FaultKind, Long> injectedByKind() {
        Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
        injected.forEach((kind, count) -> counts.put(kind, count.sum()));
        return counts;
    }

    @Override
    public CompletionStage<Listener> listen(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
        return below.listen(address, pipe -> adopt(pipe, false).attach(acceptor));
    }

    @Override
    public CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler) {
        AtomicReference<FaultyPipe> dialled = new AtomicReference<>();
        return below.connect(host, port, timeout, pipe -> {
                    FaultyPipe adopted = adopt(pipe, true);
                    dialled.set(adopted);
                    return adopted.attach(handler);
                })
                .thenApply(_ -> Objects.requireNonNull(dialled.get()));
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
        closed = true;
        pipes().forEach(pipe -> pipe.close(false));
        below.close();
    }

    @Override
    public String toString() {
        return "faults on " + below;
    }

    boolean isOn() {
        return on;
    }

    boolean isClosed() {
        return closed;
    }

    void injected(PipeOrigin pipe, Fault fault) {
        count(fault.kind()).increment();
        listener.onInjected(pipe, fault);
    }

    void forget(FaultyPipe pipe) {
        pipes.remove(pipe.origin().number());
    }

    private LongAdder count(FaultKind kind) {
        return Objects.requireNonNull(injected.get(kind));
    }

    private FaultyPipe adopt(Pipe pipe, boolean dialled) {
        PipeOrigin origin = new PipeOrigin(numbers.getAndIncrement(), dialled, pipe.remoteAddress());
        FaultyPipe adopted = new FaultyPipe(pipe, origin, faults.plan(origin), this);
        pipes.put(origin.number(), adopted);
        return adopted;
    }
}
