package org.stratumj.connection;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.Frame;

/// A client that sends whatever bytes the test wants, and keeps what comes back. Any thread.
final class RawPeer implements PipeHandler {
    private final Pipe pipe;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile boolean closed;

    private RawPeer(Pipe pipe) {
        this.pipe = pipe;
    }

    static RawPeer dial(TestBed bed, int port) {
        RawPeer[] made = new RawPeer[1];
        CompletionStage<Pipe> dialled =
                bed.network().connect("127.0.0.1", port, Duration.ofMinutes(1), pipe -> made[0] = new RawPeer(pipe));
        bed.await(dialled);
        return made[0];
    }

    void send(byte... bytes) {
        pipe.lane().execute(() -> {
            pipe.write(bytes, 0, bytes.length);
            pipe.flush();
        });
    }

    void send(Sv2Message message) {
        send(MessageRegistry.core().encode(message).bytes());
    }

    void send(Frame frame) {
        send(frame.bytes());
    }

    /// Each byte with a flush of its own.
    void trickle(byte[] bytes) {
        for (byte one : bytes) {
            send(one);
        }
    }

    void stopReading() {
        pipe.lane().execute(() -> pipe.readable(false));
    }

    void readAgain() {
        pipe.lane().execute(() -> pipe.readable(true));
    }

    /// Reads what has arrived at it, which makes room for more.
    void readOnce() {
        pipe.lane().execute(() -> {
            pipe.readable(true);
            pipe.lane().execute(() -> pipe.readable(false));
        });
    }

    void close() {
        pipe.close(true);
    }

    void breakOff() {
        pipe.close(false);
    }

    boolean isClosed() {
        return closed;
    }

    synchronized byte[] received() {
        return received.toByteArray();
    }

    /// What came back, read as plaintext frames.
    List<Sv2Message> messages() {
        FrameCodec codec = FrameCodec.plain(FrameLimits.of(MessageRegistry.core()));
        byte[] bytes = received();
        codec.decoder().feed(bytes, 0, bytes.length);
        List<Sv2Message> messages = new ArrayList<>();
        for (Frame frame = codec.decoder().poll();
                frame != null;
                frame = codec.decoder().poll()) {
            messages.add(MessageRegistry.core().decode(frame));
        }
        return messages;
    }

    @Override
    public synchronized void onBytes(byte[] bytes, int offset, int length) {
        received.write(bytes, offset, length);
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        closed = true;
    }
}
