package org.stratumj.testkit.faults;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// One end of a connection: keeps what arrives, sends what the test wants. Any thread.
final class RecordingPipe implements PipeHandler {
    final List<Integer> pieces = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Pipe pipe;
    volatile Throwable failure;

    RecordingPipe(Pipe pipe) {
        this.pipe = pipe;
    }

    Pipe pipe() {
        return pipe;
    }

    void send(byte[] bytes) {
        onLane(() -> {
            pipe.write(bytes, 0, bytes.length);
            pipe.flush();
        });
    }

    void onLane(Runnable task) {
        pipe.lane().execute(task);
    }

    void close() {
        pipe.close(true);
    }

    synchronized byte[] received() {
        return received.toByteArray();
    }

    synchronized int receivedBytes() {
        return received.size();
    }

    boolean isClosed() {
        return events.contains("closed");
    }

    @Override
    public synchronized void onBytes(byte[] bytes, int offset, int length) {
        received.write(bytes, offset, length);
        pieces.add(length);
        events.add("bytes");
    }

    @Override
    public void onReadComplete() {
        events.add("read complete");
    }

    @Override
    public void onWritable() {
        events.add("writable");
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        this.failure = failure;
        events.add("closed");
    }
}
