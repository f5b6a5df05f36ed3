package org.stratumj.connection;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.sim.TestBed;

/// A listener that keeps the bytes of the first client, and answers nothing. Any thread.
final class RawServer implements PipeHandler {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile Pipe pipe;
    private volatile boolean closed;
    private Network.Listener listener;

    private RawServer() {}

    static RawServer on(TestBed bed) {
        RawServer server = new RawServer();
        server.listener = bed.await(
                bed.network().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), server::accept));
        return server;
    }

    int port() {
        return listener.localAddress().getPort();
    }

    void stopReading() {
        pipe.lane().execute(() -> pipe.readable(false));
    }

    void readAgain() {
        pipe.lane().execute(() -> pipe.readable(true));
    }

    boolean isClosed() {
        return closed;
    }

    synchronized byte[] received() {
        return received.toByteArray();
    }

    synchronized long receivedBytes() {
        return received.size();
    }

    @Override
    public synchronized void onBytes(byte[] bytes, int offset, int length) {
        received.write(bytes, offset, length);
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        closed = true;
    }

    private PipeHandler accept(Pipe accepted) {
        if (pipe != null) {
            return new Ignored();
        }
        pipe = accepted;
        return this;
    }

    private static final class Ignored implements PipeHandler {
        @Override
        public void onBytes(byte[] bytes, int offset, int length) {}

        @Override
        public void onClosed(@Nullable Throwable failure) {}
    }
}
