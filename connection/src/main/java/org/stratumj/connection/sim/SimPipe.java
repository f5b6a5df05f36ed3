package org.stratumj.connection.sim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// One end of a connection in memory. What is flushed travels to the inbox of the other end, as far as the
/// window has room; what is read from there arrives in pieces of any size.
final class SimPipe implements Pipe {
    static final int WINDOW_BYTES = 64 << 10;
    private static final int HIGH_WATER_BYTES = 256 << 10;
    private static final int LOW_WATER_BYTES = 64 << 10;
    private static final Duration CLOSE_FLUSH_MAX = Duration.ofSeconds(5);

    private final SimNetwork network;
    private final SimLane lane;
    private final InetSocketAddress remoteAddress;
    private @Nullable SimPipe other;
    private @Nullable PipeHandler handler;
    private final ByteQueue outgoing = new ByteQueue();
    private final ByteQueue inbox = new ByteQueue();
    /// Bytes at the end of [#outgoing] that are to stay until they are flushed.
    private int unflushed;
    private final Deque<Integer> queuedWrites = new ArrayDeque<>();
    private int takenOfFirst;
    private long takenBytes;
    private boolean writable = true;
    private boolean readable = true;
    private boolean receiving;
    private boolean endOfInput;
    private boolean endSent;
    private boolean closing;
    private boolean closed;
    private @Nullable Throwable failure;

    SimPipe(SimNetwork network, SimLane lane, InetSocketAddress remoteAddress) {
        this.network = network;
        this.lane = lane;
        this.remoteAddress = remoteAddress;
    }

    void join(SimPipe other) {
        this.other = other;
        other.other = this;
    }

    /// Makes the handler.
    ///
    /// @return why there is none, if the factory threw
    Optional<Throwable> attach(Function<Pipe, PipeHandler> factory) {
        if (closed) {
            return Optional.empty();
        }
        guarded(() -> handler = factory.apply(this));
        receiveSoon();
        return Optional.ofNullable(failure);
    }

    @Override
    public SimLane lane() {
        return lane;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        onLane();
        if (!closing) {
            outgoing.add(bytes, offset, length);
            unflushed += length;
            queuedWrites.add(length);
            writable &= queuedBytes() < HIGH_WATER_BYTES;
        }
    }

    @Override
    public void flush() {
        onLane();
        unflushed = 0;
        pump();
    }

    @Override
    public long queuedBytes() {
        return outgoing.size();
    }

    @Override
    public long takenBytes() {
        return takenBytes;
    }

    @Override
    public int queuedWrites() {
        return queuedWrites.size();
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void readable(boolean on) {
        onLane();
        readable = on;
        receiveSoon();
    }

    @Override
    public void close(boolean flush) {
        if (lane.isCurrent()) {
            closeOnLane(flush);
        } else {
            lane.execute(() -> closeOnLane(flush));
        }
    }

    /// Its process was killed: nothing happens here any more, and the other end learns that it is gone.
    void vanish(IOException failure) {
        closed = true;
        closing = true;
        network.forget(this);
        other().lane.execute(() -> other().end(failure));
    }

    /// Breaks both ends.
    void fail(IOException failure) {
        lane.execute(() -> end(failure));
        other().lane.execute(() -> other().end(failure));
    }

    private void closeOnLane(boolean flush) {
        if (!flush) {
            closing = true;
            unflushed = 0;
            outgoing.clear();
            queuedWrites.clear();
            pump();
            end(null);
        } else if (!closing) {
            flush();
            closing = true;
            pump();
            lane.schedule(() -> end(null), CLOSE_FLUSH_MAX);
        }
    }

    /// Moves bytes to the other end; after the last of a closing pipe comes the end of the stream.
    private void pump() {
        int length = Math.min(
                outgoing.size() - unflushed, WINDOW_BYTES - other().inbox.size());
        outgoing.moveTo(other().inbox, length);
        taken(length);
        boolean ends = closing && outgoing.size() == 0 && !endSent;
        if (ends) {
            endSent = true;
            other().endOfInput = true;
        }
        if (length > 0 || ends) {
            other().receiveSoon();
        }
        if (!writable && queuedBytes() <= LOW_WATER_BYTES) {
            writable = true;
            lane.execute(this::announceWritable);
        }
    }

    private void taken(int length) {
        takenBytes += length;
        takenOfFirst += length;
        while (!queuedWrites.isEmpty() && takenOfFirst >= queuedWrites.element()) {
            takenOfFirst -= queuedWrites.remove();
        }
        if (length > 0 && !closing && handler != null) {
            guarded(handler::onTaken);
        }
    }

    private void announceWritable() {
        if (writable && !closing && handler != null) {
            guarded(handler::onWritable);
        }
    }

    /// Calls the handler, whose failure ends the pipe.
    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) {
            network.failed(this, e);
            failure = e;
            closeOnLane(false);
        }
    }

    private void receiveSoon() {
        if (!receiving) {
            receiving = true;
            lane.execute(this::receive);
        }
    }

    private void receive() {
        receiving = false;
        if (closed || handler == null) {
            return;
        }
        int waiting = inbox.size();
        deliver(handler);
        if (closing) {
            inbox.clear();
        }
        if (endOfInput && inbox.size() == 0) {
            end(null);
        } else if (inbox.size() < waiting) {
            other().lane.execute(() -> other().pump());
        }
    }

    private void deliver(PipeHandler handler) {
        boolean delivered = false;
        while (inbox.size() > 0 && readable && !closing) {
            int length = network.cut(inbox.size());
            int from = inbox.head();
            inbox.skip(length);
            guarded(() -> handler.onBytes(inbox.array(), from, length));
            delivered = true;
        }
        if (delivered && !closing) {
            guarded(handler::onReadComplete);
        }
    }

    private void end(@Nullable IOException failure) {
        if (closed) {
            return;
        }
        Throwable why = this.failure != null ? this.failure : closing ? null : failure;
        closed = true;
        closing = true;
        network.forget(this);
        other().lane.execute(() -> {
            other().endOfInput = true;
            other().receiveSoon();
        });
        PipeHandler last = handler;
        if (last != null) {
            network.guard(this, () -> last.onClosed(why));
        }
    }

    @Override
    public String toString() {
        return "pipe to " + remoteAddress;
    }

    private SimPipe other() {
        return Objects.requireNonNull(other);
    }

    private void onLane() {
        if (!lane.isCurrent()) {
            throw new AssertionError("not on " + lane);
        }
    }
}
