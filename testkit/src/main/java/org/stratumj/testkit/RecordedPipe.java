package org.stratumj.testkit;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// A pipe on a recorded lane: whatever its handler is told counts as a task of that lane.
final class RecordedPipe implements Pipe, PipeHandler {
    private final Pipe below;
    private final RecordedLane lane;
    private @Nullable PipeHandler handler;

    RecordedPipe(Pipe below, RecordedLane lane) {
        this.below = below;
        this.lane = lane;
    }

    PipeHandler attach(Function<Pipe, PipeHandler> factory) {
        lane.run(() -> handler = factory.apply(this));
        return this;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return below.remoteAddress();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        below.write(bytes, offset, length);
    }

    @Override
    public void flush() {
        below.flush();
    }

    @Override
    public long queuedBytes() {
        return below.queuedBytes();
    }

    @Override
    public long takenBytes() {
        return below.takenBytes();
    }

    @Override
    public int queuedWrites() {
        return below.queuedWrites();
    }

    @Override
    public boolean isWritable() {
        return below.isWritable();
    }

    @Override
    public void readable(boolean on) {
        below.readable(on);
    }

    @Override
    public void close(boolean flush) {
        below.close(flush);
    }

    @Override
    public void onBytes(byte[] bytes, int offset, int length) {
        lane.run(() -> handler().onBytes(bytes, offset, length));
    }

    @Override
    public void onReadComplete() {
        lane.run(() -> handler().onReadComplete());
    }

    @Override
    public void onTaken() {
        lane.run(() -> handler().onTaken());
    }

    @Override
    public void onWritable() {
        lane.run(() -> handler().onWritable());
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        lane.run(() -> handler().onClosed(failure));
    }

    private PipeHandler handler() {
        return Objects.requireNonNull(handler);
    }
}
