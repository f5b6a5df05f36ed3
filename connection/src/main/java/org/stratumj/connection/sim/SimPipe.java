package org.stratumj.connection.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
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
    private byte[] unflushed = {};
    private byte[] outgoing = {};
    private byte[] inbox = {};
    private final Deque<Integer> queuedWrites = new ArrayDeque<>();
    private int takenOfFirst;
    private boolean writable = true;
    private boolean readable = true;
    private boolean receiving;
    private boolean endOfInput;
    private boolean endSent;
    private boolean closing;
    private boolean closed;

    SimPipe(SimNetwork network, SimLane lane, InetSocketAddress remoteAddress) {
        this.network = network;
        this.lane = lane;
        this.remoteAddress = remoteAddress;
    }

    void join(SimPipe other) {
        this.other = other;
        other.other = this;
    }

    void attach(Function<Pipe, PipeHandler> factory) {
        if (!closed) {
            handler = factory.apply(this);
            receiveSoon();
        }
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
            unflushed = join(unflushed, Arrays.copyOfRange(bytes, offset, offset + length));
            queuedWrites.add(length);
            writable &= queuedBytes() < HIGH_WATER_BYTES;
        }
    }

    @Override
    public void flush() {
        onLane();
        outgoing = join(outgoing, unflushed);
        unflushed = new byte[0];
        pump();
    }

    @Override
    public long queuedBytes() {
        return (long) unflushed.length + outgoing.length;
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

    /// Breaks both ends.
    void fail(IOException failure) {
        lane.execute(() -> end(failure));
        other().lane.execute(() -> other().end(failure));
    }

    private void closeOnLane(boolean flush) {
        if (!flush) {
            closing = true;
            unflushed = new byte[0];
            outgoing = new byte[0];
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
        int length = Math.min(outgoing.length, WINDOW_BYTES - other().inbox.length);
        other().inbox = join(other().inbox, Arrays.copyOf(outgoing, length));
        outgoing = Arrays.copyOfRange(outgoing, length, outgoing.length);
        taken(length);
        boolean ends = closing && outgoing.length == 0 && !endSent;
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
        takenOfFirst += length;
        while (!queuedWrites.isEmpty() && takenOfFirst >= queuedWrites.element()) {
            takenOfFirst -= queuedWrites.remove();
        }
    }

    private void announceWritable() {
        if (writable && !closing && handler != null) {
            handler.onWritable();
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
        int waiting = inbox.length;
        deliver(handler);
        if (closing) {
            inbox = new byte[0];
        }
        if (endOfInput && inbox.length == 0) {
            end(null);
        } else if (inbox.length < waiting) {
            other().lane.execute(() -> other().pump());
        }
    }

    private void deliver(PipeHandler handler) {
        boolean delivered = false;
        while (inbox.length > 0 && readable && !closing) {
            byte[] piece = take(network.cut(inbox.length));
            handler.onBytes(piece, 0, piece.length);
            delivered = true;
        }
        if (delivered && !closing) {
            handler.onReadComplete();
        }
    }

    private byte[] take(int length) {
        byte[] piece = Arrays.copyOf(inbox, length);
        inbox = Arrays.copyOfRange(inbox, length, inbox.length);
        return piece;
    }

    private void end(@Nullable IOException failure) {
        if (closed) {
            return;
        }
        boolean orderly = closing;
        closed = true;
        closing = true;
        network.forget(this);
        other().lane.execute(() -> {
            other().endOfInput = true;
            other().receiveSoon();
        });
        if (handler != null) {
            handler.onClosed(orderly ? null : failure);
        }
    }

    private SimPipe other() {
        return Objects.requireNonNull(other);
    }

    private void onLane() {
        if (!lane.isCurrent()) {
            throw new AssertionError("not on " + lane);
        }
    }

    private static byte[] join(byte[] a, byte[] b) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(a.length + b.length);
        joined.writeBytes(a);
        joined.writeBytes(b);
        return joined.toByteArray();
    }
}
