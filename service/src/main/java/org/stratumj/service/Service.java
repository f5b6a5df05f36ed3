package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Network;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.service.Sv2Outcome.Cause;
import org.stratumj.service.Sv2Outcome.Done;
import org.stratumj.service.Sv2Outcome.Refused;

/// The life of a service, server or client: starting, draining, and the end within the grace. Any thread.
abstract class Service<E extends Sv2Event> implements ServiceGauges {
    private static final Logger LOG = System.getLogger("org.stratumj.service");
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration CLOSE_MAX = GRACE.multipliedBy(2);
    // From breaking what is left when the grace is over to the end, whatever happens.
    private static final Duration LAST_CALL = Duration.ofMillis(500);

    private final String name;
    private final Network network;
    private final Lane lane;
    private final Listeners listeners;
    private final List<Subscription<?>> subscriptions;
    private final Served.Surroundings surroundings;
    private final Lifecycle lifecycle;
    private final AtomicReference<@Nullable Duration> stopAfterStart = new AtomicReference<>();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicInteger openAtShutdown = new AtomicInteger();
    private final AtomicLong bytesDropped = new AtomicLong();

    Service(String name, Lane lane, Network network, Listeners listeners, List<Subscription<?>> subscriptions) {
        this.name = name;
        this.network = network;
        this.lane = lane;
        this.listeners = listeners;
        this.subscriptions = new ArrayList<>(subscriptions);
        this.surroundings = new Served.Surroundings(lane, network.blocking(), listeners);
        this.lifecycle = new Lifecycle(name, listeners);
    }

    /// Handles what a sibling sends, from the start on. In the constructor only.
    final void subscribe(Link<Siblings.Call<E>> events) {
        subscriptions.add(new Subscription<>(events, this::onCall));
    }

    private void onCall(Siblings.Call<E> call) {
        var _ = handle(call.event())
                .exceptionally(failure -> new Refused(Cause.HANDLER_FAILED, String.valueOf(failure)))
                .thenAccept(call.outcome()::with);
    }

    /// Does what starting is.
    abstract void launch() throws Sv2ServiceException;

    /// How many connections there are.
    abstract int open();

    /// Begins to close everything there is; [#maybeFinish] follows when something has closed.
    abstract void drain();

    /// Whether nothing is open any more.
    abstract boolean isDrained();

    /// Breaks what is still open, reporting with [#dropped].
    abstract void abort();

    /// The last thing.
    abstract void stopped();

    public final void start() throws Sv2ServiceException {
        if (!lifecycle.move(ServiceState.NEW, ServiceState.STARTING)) {
            throw new IllegalStateException(name + " cannot start, it is " + state());
        }
        try {
            listeners.metrics().started(this);
            surroundings.watch().begin(lane);
            launch();
            subscriptions.forEach(subscription -> subscription.begin(lane));
        } catch (Sv2ServiceException | RuntimeException | Error e) {
            drain();
            abort();
            endSubscriptions();
            stopped();
            lifecycle.move(ServiceState.STARTING, ServiceState.FAILED);
            lifecycle.terminate(new ShutdownReport(0, 0));
            throw e;
        }
        lifecycle.move(ServiceState.STARTING, ServiceState.READY);
        Duration grace = stopAfterStart.get();
        if (grace != null) {
            shutdown(grace);
        }
    }

    /// Does what an event asks for, while the service runs.
    abstract CompletionStage<Sv2Outcome> handleWhileReady(E event);

    public final CompletionStage<Sv2Outcome> handle(E event) {
        if (state() != ServiceState.READY) {
            return CompletableFuture.completedFuture(
                    new Refused(Cause.NOT_RUNNING, name + " does not run, it is " + state()));
        }
        return handleWhileReady(event);
    }

    /// The outcome of `task` on `lane`.
    static CompletionStage<Sv2Outcome> on(Lane lane, Consumer<CompletableFuture<Sv2Outcome>> task) {
        CompletableFuture<Sv2Outcome> outcome = new CompletableFuture<>();
        lane.execute(() -> {
            try {
                task.accept(outcome);
            } catch (RuntimeException | Error e) {
                outcome.complete(new Refused(Cause.HANDLER_FAILED, String.valueOf(e)));
            }
        });
        return outcome;
    }

    /// Completes `outcome` with what became of a turn.
    static <O extends Sv2Message> Turns.Seen<O> seenBy(CompletableFuture<Sv2Outcome> outcome) {
        return (effect, failure) -> outcome.complete(
                effect != null ? new Done(effect) : new Refused(Cause.HANDLER_FAILED, String.valueOf(failure)));
    }

    public final ServiceState state() {
        return lifecycle.state();
    }

    public final CompletionStage<ShutdownReport> whenTerminated() {
        return lifecycle.whenTerminated();
    }

    public final void shutdown(Duration grace) {
        stopAfterStart.set(grace); // seen by start() if it is under way
        if (lifecycle.move(ServiceState.NEW, ServiceState.STOPPED)) {
            lifecycle.terminate(new ShutdownReport(0, 0));
        } else if (lifecycle.move(ServiceState.READY, ServiceState.DRAINING)) {
            openAtShutdown.set(open()); // before drain(), as the end comes on another thread
            drain();
            lane.schedule(this::abort, grace);
            lane.schedule(this::finish, grace.plus(LAST_CALL));
            maybeFinish();
        }
    }

    public final void close() {
        shutdown(GRACE);
        try {
            if (!network.await(lifecycle.whenTerminated(), CLOSE_MAX)) {
                LOG.log(Level.ERROR, name + ": did not stop within " + CLOSE_MAX + "; close it before its network");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    final void maybeFinish() {
        if (state() == ServiceState.DRAINING && isDrained()) {
            lane.execute(this::finish);
        }
    }

    /// Some bytes were still queued when the grace was over.
    final void dropped(long bytes) {
        bytesDropped.addAndGet(bytes);
    }

    /// What the service lends to its subprotocols.
    final Served.Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public final int connections() {
        return open();
    }

    @Override
    public final long mailbox() {
        return surroundings.mailbox().sum();
    }

    @Override
    public final List<Link<?>> links() {
        return subscriptions.stream().<Link<?>>map(Subscription::link).toList();
    }

    final Lane lane() {
        return lane;
    }

    public final Listeners listeners() {
        return listeners;
    }

    final String name() {
        return name;
    }

    private void finish() {
        if (finished.compareAndSet(false, true)) {
            endSubscriptions();
            stopped();
            lifecycle.move(ServiceState.DRAINING, ServiceState.STOPPED);
            lifecycle.terminate(new ShutdownReport(openAtShutdown.get(), bytesDropped.get()));
        }
    }

    private void endSubscriptions() {
        surroundings.watch().stop();
        subscriptions.forEach(Subscription::end);
    }
}
