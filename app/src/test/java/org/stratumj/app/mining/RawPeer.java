package org.stratumj.app.mining;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;
import org.stratumj.connection.sim.TestBed;

/// A connection that sends bytes of the test's choice and reads nothing into what it gets.
public final class RawPeer implements PipeHandler {
    private volatile boolean closed;

    private RawPeer() {}

    /// Connects to a port of this machine and sends `bytes`.
    public static RawPeer connect(TestBed bed, int port, byte[] bytes) {
        RawPeer peer = new RawPeer();
        Pipe pipe = bed.await(bed.network().connect("127.0.0.1", port, Duration.ofSeconds(5), _ -> peer));
        pipe.lane().execute(() -> {
            pipe.write(bytes, 0, bytes.length);
            pipe.flush();
        });
        return peer;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void onBytes(byte[] bytes, int offset, int length) {}

    @Override
    public void onClosed(@Nullable Throwable failure) {
        closed = true;
    }
}
