package org.stratumj.connection;

/// What one connection has to send: bounded in bytes, and flushed once per turn. Lane only.
///
/// While a burst of bytes is being read the flush waits for its end; otherwise for the end of what the lane has
/// to do already.
final class Outbox {
    private final Pipe pipe;
    private final long bytesMax;
    private boolean inBurst;
    private boolean flushDue;

    Outbox(Pipe pipe, long bytesMax) {
        this.pipe = pipe;
        this.bytesMax = bytesMax;
    }

    /// Queues a frame. A single one may exceed the bound, since a peer that reads may be sent any frame.
    ///
    /// @return false if as many bytes as are allowed wait already; it is not queued then
    boolean offer(byte[] frame) {
        if (pipe.queuedBytes() >= bytesMax) {
            return false;
        }
        pipe.write(frame, 0, frame.length);
        if (!flushDue && !inBurst) {
            pipe.lane().execute(this::flush);
        }
        flushDue = true;
        return true;
    }

    void burstBegins() {
        inBurst = true;
    }

    void burstEnds() {
        inBurst = false;
        flush();
    }

    void flush() {
        if (flushDue) {
            flushDue = false;
            pipe.flush();
        }
    }
}
