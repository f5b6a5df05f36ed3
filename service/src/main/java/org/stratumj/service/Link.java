package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;

/// A one-way, bounded, typed queue from one service to a sibling in the same process; two of them make a
/// conversation. Each direction has its own event type, so a sibling can only be asked for what that type can
/// say.
///
/// Any thread may offer. Events arrive in order, one at a time, on the executor (a lane) given by the receiver;
/// those that came before it attached wait for it. Urgent ones have places of their own and go first: however
/// full the link is, a block solution is not dropped for it.
///
/// @param <E> the events, immutable
public final class Link<E> {
    /// The most urgent events that wait. Solutions of blocks are rare, being hard to find; only where they are
    /// not, on a test chain, can a stopped receiver let it come to this.
    public static final int URGENT_MAX = 1024;

    private static final Logger LOG = System.getLogger("org.stratumj.service");
    // A long queue must not keep the connections of a shared event loop from their turn.
    private static final int EVENTS_PER_TURN = 64;

    private final String name;
    private final ArrayBlockingQueue<E> queue;
    private final LinkedBlockingQueue<E> urgent = new LinkedBlockingQueue<>(URGENT_MAX);
    private final AtomicReference<@Nullable Receiver<E>> receiver = new AtomicReference<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile boolean closed;

    /// Makes an empty link.
    ///
    /// @param name     for logs
    /// @param capacity the most events that wait for the receiver, at least 1
    public Link(String name, int capacity) {
        this.name = name;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    /// Queues `event`.
    ///
    /// @return false if the link is full or its receiver has stopped; the event is not queued then
    public boolean offer(E event) {
        return offer(queue, event);
    }

    /// Queues `event` in a place that ordinary events cannot take, ahead of all of them: for what must not be
    /// lost, as the solution of a block.
    ///
    /// @return false if [#URGENT_MAX] of them wait or the receiver has stopped; the event is not queued then
    public boolean offerUrgent(E event) {
        return offer(urgent, event);
    }

    /// Queues a question. Whoever asks gets an answer or is told that there is none.
    ///
    /// @param question makes the event that carries the place for the answer
    /// @param lane     where the stage completes, and whose time counts
    /// @return the answer; fails with [AskException] if the question is refused, cannot be queued or stays
    ///     without an answer
    public <A> CompletionStage<A> ask(Function<? super ReplyTo<A>, ? extends E> question, Lane lane, Duration timeout) {
        Question<A> asked = new Question<>(lane, timeout, "the receiver of " + this);
        if (!offer(question.apply(asked))) {
            asked.refuse(this + " takes no more events");
        }
        return asked.answer();
    }

    /// Attaches the receiver. An exception it throws is logged, and the next event delivered.
    ///
    /// @param lane runs one task after another, in order
    /// @throws IllegalStateException if there is one
    public void receive(Executor lane, Consumer<? super E> receiver) {
        if (!this.receiver.compareAndSet(null, new Receiver<>(lane, receiver))) {
            throw new IllegalStateException(this + " has a receiver");
        }
        wake();
    }

    /// The receiver has stopped: later offers fail, and what is queued is dropped.
    void close() {
        closed = true;
        queue.clear();
        urgent.clear();
    }

    /// What it is called.
    public String name() {
        return name;
    }

    /// How many ordinary events wait. Any thread.
    public int depth() {
        return queue.size();
    }

    /// How many urgent events wait. Any thread.
    public int urgentDepth() {
        return urgent.size();
    }

    /// The name, for logs.
    @Override
    public String toString() {
        return "link " + name;
    }

    private boolean offer(Queue<E> places, E event) {
        if (closed || !places.offer(event)) {
            return false;
        }
        wake();
        return true;
    }

    private void wake() {
        Receiver<E> attached = receiver.get();
        boolean waiting = !queue.isEmpty() || !urgent.isEmpty();
        if (attached != null && waiting && draining.compareAndSet(false, true)) {
            attached.lane.execute(() -> drain(attached));
        }
    }

    private void drain(Receiver<E> attached) {
        for (int i = 0; i < EVENTS_PER_TURN; i++) {
            E event = next();
            if (event == null) {
                break;
            }
            deliver(attached, event);
        }
        draining.set(false);
        wake();
    }

    private @Nullable E next() {
        E first = urgent.poll();
        return first != null ? first : queue.poll();
    }

    private void deliver(Receiver<E> attached, E event) {
        try {
            attached.consumer.accept(event);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, this + ": the receiver failed", e);
        }
    }

    private record Receiver<E>(Executor lane, Consumer<? super E> consumer) {}
}
