package org.stratumj.app.capture;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/// One direction of a connection: drops what came twice, and keeps what came early until the rest is there or
/// there is too much of it.
final class TcpStream {
    /// The most bytes that wait for an earlier segment, with what it costs to keep each.
    static final int EARLY_BYTES_MAX = 1 << 20;

    private static final long EARLY_OVERHEAD_BYTES = 128;

    private final StreamReader reader;
    private final int first;
    private final TreeMap<Long, Early> early = new TreeMap<>();
    private long earlyBytes;
    private long next;
    private long end = Long.MAX_VALUE;
    private boolean over;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Early(Optional<Instant> time, byte[] bytes) {
        long cost() {
            return EARLY_OVERHEAD_BYTES + bytes.length;
        }
    }

    /// Begins with the first segment that is known of it.
    TcpStream(Segment segment, StreamReader reader) {
        this.reader = reader;
        this.first = firstByte(segment);
    }

    /// Whether `segment`, a SYN, is the one that opened this stream.
    boolean beginsWith(Segment segment) {
        return firstByte(segment) == first;
    }

    /// Takes a segment. Once the stream is over it is a late copy, and nothing happens.
    void add(Optional<Instant> time, Segment segment) {
        if (over) {
            return;
        }
        // Sequence numbers wrap around; the difference to what is expected does not.
        long at = next + (firstByte(segment) - (first + (int) next));
        byte[] payload = segment.payload();
        if (segment.finished()) {
            end = at + payload.length;
        }
        if (at <= next) {
            deliver(time, at, payload);
            deliverEarly(time);
        } else if (payload.length > 0) {
            keep(time, at, payload);
        }
        if (segment.reset() || next >= end) {
            end();
        }
    }

    /// Gives what is left, with what is missing before it. Idempotent.
    void end() {
        if (over) {
            return;
        }
        over = true;
        while (!early.isEmpty()) {
            skipToEarly();
        }
        reader.onEnd();
    }

    private void deliver(Optional<Instant> time, long at, byte[] bytes) {
        long known = next - at;
        if (known < bytes.length) {
            next = at + bytes.length;
            reader.onBytes(time, bytes, (int) known, (int) (bytes.length - known));
        }
    }

    /// @param time of the packet that closed the gap before them
    private void deliverEarly(Optional<Instant> time) {
        while (!early.isEmpty() && early.firstKey() <= next) {
            var segment = early.pollFirstEntry();
            earlyBytes -= segment.getValue().cost();
            deliver(time, segment.getKey(), segment.getValue().bytes());
        }
    }

    private void keep(Optional<Instant> time, long at, byte[] bytes) {
        var other = early.get(at);
        if (other != null && other.bytes().length >= bytes.length) {
            return;
        }
        var kept = new Early(time, bytes);
        early.put(at, kept);
        earlyBytes += kept.cost() - (other == null ? 0 : other.cost());
        while (earlyBytes > EARLY_BYTES_MAX) {
            skipToEarly();
        }
    }

    private void skipToEarly() {
        var segment = early.firstEntry();
        reader.onLost(segment.getKey() - next);
        next = segment.getKey();
        deliverEarly(segment.getValue().time());
    }

    private static int firstByte(Segment segment) {
        return segment.start() ? segment.sequence() + 1 : segment.sequence();
    }
}
