package org.stratumj.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason.Step;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.Direction;

/// A client and the connection that was dialled for it. Frames pass once both have done their handshake, the
/// server first: a client is not answered before there is somebody to talk to. Any thread.
final class RelayPair {
    private final ConnectionId id = ConnectionId.next();
    private final ConnectionLimits limits;
    private final Relay.Watcher watcher;
    private final Executor workers;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable RelayEnd client;
    private volatile @Nullable RelayEnd server;
    private volatile Place place = Place.NONE;
    private volatile Lane.@Nullable Scheduled deadline;

    RelayPair(ConnectionLimits limits, Relay.Watcher watcher, Executor workers) {
        this.limits = limits;
        this.watcher = watcher;
        this.workers = workers;
    }

    /// Takes the client, which is not read yet. On its lane.
    PipeHandler begin(Pipe pipe, Optional<Handshake> handshake, Place place) {
        this.place = place;
        var end = new RelayEnd(this, pipe, Direction.TO_SERVER, handshake, limits, workers);
        client = end;
        pipe.readable(false);
        deadline = pipe.lane().schedule(this::missed, openWithin());
        return end;
    }

    /// Takes the connection to the server. On its lane.
    PipeHandler connected(Pipe pipe, Optional<Handshake> handshake) {
        var end = new RelayEnd(this, pipe, Direction.TO_CLIENT, handshake, limits, workers);
        server = end;
        if (closed.get()) { // before it could see this end
            end.close();
        } else {
            end.begin();
        }
        return end;
    }

    PipeHandler refuse(Pipe pipe, CloseReason reason) {
        var end = new RelayEnd(this, pipe, Direction.TO_SERVER, Optional.empty(), limits, workers);
        client = end;
        close(Direction.TO_SERVER, reason);
        return end;
    }

    /// An end has done its handshake. On its lane.
    void onReady(RelayEnd end) {
        var first = server;
        var second = client;
        if (first == null || second == null) {
            return;
        }
        if (end == first) {
            second.execute(second::begin);
        } else {
            cancelDeadline();
            place.setUp();
            watcher.onOpen(id, second.remoteAddress());
            first.execute(first::open);
            second.open();
        }
    }

    /// An end has read a frame. On its lane.
    void onFrame(RelayEnd from, Frame frame) {
        watcher.onFrame(id, from.direction(), from.now(), frame);
        watcher.pass(id, from.direction(), frame, from);
    }

    /// A frame goes on to the other end. On the lane of `from`.
    void forward(RelayEnd from, Frame frame) {
        var to = other(from);
        if (to != null) {
            to.execute(() -> to.write(frame));
        }
    }

    /// So many bytes were taken by the network of `end`. On its lane.
    void onTaken(RelayEnd end, long bytes) {
        var from = other(end);
        if (from != null) {
            from.execute(() -> from.taken(bytes));
        }
    }

    /// The stream of an end is gone. On its lane.
    void onGone(RelayEnd end, CloseReason reason) {
        if (end == client) {
            place.release();
        }
        close(end.direction(), reason);
    }

    /// Ends both. The first reason counts.
    ///
    /// @param side which end it began at
    void close(Direction side, CloseReason reason) {
        if (closed.getAndSet(true)) {
            return;
        }
        cancelDeadline();
        for (var end : new RelayEnd[] {client, server}) {
            if (end != null) {
                end.execute(end::close); // after the frames that are on their way to it
            }
        }
        watcher.onClosed(id, side, reason);
    }

    /// One handshake after the other.
    private Duration openWithin() {
        return limits.handshakeDeadline().multipliedBy(2);
    }

    private void missed() {
        close(Direction.TO_SERVER, new CloseReason.DeadlineMissed(Step.HANDSHAKE, openWithin()));
    }

    private void cancelDeadline() {
        var timer = deadline;
        if (timer != null) {
            timer.cancel();
        }
    }

    private @Nullable RelayEnd other(RelayEnd end) {
        return end == client ? server : client;
    }
}
