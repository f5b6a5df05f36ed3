package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A one-way, bounded, typed queue from one service to a sibling in the same process; two of them make a
/// conversation. Each direction has its own event type, so a sibling can only be asked for what that type can
/// say.
///
/// Any thread may offer. Events arrive in order, one at a time, on the executor (a lane) given by the receiver;
/// those that came before it attached wait for it.
///
/// @param <E> the events, immutable
public final class Link<E> {
    private static final Logger LOG = System.getLogger("org.stratumj.service");
    // A long queue must not keep the connections of a shared event loop from their turn.
    private static final int EVENTS_PER_TURN = 64;

    private final String name;
    private final ArrayBlockingQueue<E> queue;
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
        if (closed || !queue.offer(event)) {
            return false;
        }
        wake();
        return true;
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
    }

    /// The name, for logs.
    @Override
    public String toString() {
        return "link " + name;
    }

    private void wake() {
        Receiver<E> attached = receiver.get();
        if (attached != null && !queue.isEmpty() && draining.compareAndSet(false, true)) {
            attached.lane.execute(() -> drain(attached));
        }
    }

    private void drain(Receiver<E> attached) {
        for (int i = 0; i < EVENTS_PER_TURN; i++) {
            E event = queue.poll();
            if (event == null) {
                break;
            }
            deliver(attached, event);
        }
        draining.set(false);
        wake();
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
