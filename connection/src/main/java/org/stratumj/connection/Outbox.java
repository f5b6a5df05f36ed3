package org.stratumj.connection;

import java.util.function.LongConsumer;
import org.stratumj.connection.CloseReason.SlowConsumer;
import org.stratumj.connection.CloseReason.SlowConsumer.Unit;

/// What one connection has to send: bounded in bytes and frames, and flushed once per turn. What the network does not
/// take of it at once is reported, so that a peer that reads costs no counting. Lane only.
///
/// While a burst of bytes is being read the flush waits for its end; otherwise for the end of what the lane has
/// to do already.
final class Outbox {
    private final Pipe pipe;
    private final long bytesMax;
    private final int framesMax;
    private final LongConsumer waiting;
    private long reported;
    private boolean inBurst;
    private boolean flushDue;

    /// @param waiting takes the number of bytes that wait after a flush, when it has changed
    Outbox(Pipe pipe, long bytesMax, int framesMax, LongConsumer waiting) {
        this.pipe = pipe;
        this.waiting = waiting;
        this.bytesMax = bytesMax;
        this.framesMax = framesMax;
    }

    /// Queues a frame. A single one may exceed the bound in bytes, since a peer that reads may be sent any frame.
    ///
    /// @return false if as many bytes or frames as are allowed wait already; it is not queued then
    boolean offer(byte[] frame) {
        if (isFull()) {
            return false;
        }
        pipe.write(frame, 0, frame.length);
        if (!flushDue && !inBurst) {
            pipe.lane().execute(this::flush);
        }
        flushDue = true;
        return true;
    }

    /// How far it is over its bound.
    SlowConsumer overflow() {
        return pipe.queuedBytes() >= bytesMax
                ? new SlowConsumer(pipe.queuedBytes(), bytesMax, Unit.BYTES)
                : new SlowConsumer(pipe.queuedWrites(), framesMax, Unit.FRAMES);
    }

    private boolean isFull() {
        return pipe.queuedBytes() >= bytesMax || pipe.queuedWrites() >= framesMax;
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
            report();
        }
    }

    /// The network took some of what waited.
    void taken() {
        if (!flushDue) { // else the flush reports it
            report();
        }
    }

    private void report() {
        long bytes = pipe.queuedBytes();
        if (bytes != reported) {
            reported = bytes;
            waiting.accept(bytes);
        }
    }
}
