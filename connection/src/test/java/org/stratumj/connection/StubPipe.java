package org.stratumj.connection;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A pipe to nowhere.
final class StubPipe implements Pipe {
    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Lane lane;
    int flushes;
    long queuedBytes;
    long takenBytes;
    int queuedWrites;
    boolean readable = true;

    StubPipe(Lane lane) {
        this.lane = lane;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        written.write(bytes, offset, length);
        queuedBytes += length;
        queuedWrites++;
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public long queuedBytes() {
        return queuedBytes;
    }

    @Override
    public long takenBytes() {
        return takenBytes;
    }

    @Override
    public int queuedWrites() {
        return queuedWrites;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void readable(boolean on) {
        readable = on;
    }

    @Override
    public void close(boolean flush) {}
}
