package org.stratumj.app.capture;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Puts the segments of a capture back into streams. Not for use by two threads at once.
public final class TcpStreams {
    /// The most directions of connections that are followed at once; the one that was silent longest is given
    /// up.
    public static final int FLOWS_MAX = 256;

    private final Predicate<Flow> wanted;
    private final Readers readers;
    private final Map<Flow, TcpStream> open = new LinkedHashMap<>(16, 0.75f, true);

    /// @param wanted  which directions to follow
    /// @param readers makes the reader of each
    public TcpStreams(Predicate<Flow> wanted, Readers readers) {
        this.wanted = wanted;
        this.readers = readers;
    }

    /// Makes readers.
    @FunctionalInterface
    public interface Readers {
        /// The reader of a direction.
        ///
        /// @param fromStart whether the capture has its first byte
        StreamReader open(Flow flow, boolean fromStart);
    }

    void add(Optional<Instant> time, Segment segment) {
        if (!wanted.test(segment.flow())) {
            return;
        }
        var stream = open.get(segment.flow());
        if (stream != null && segment.start() && !stream.beginsWith(segment)) {
            stream.end(); // the same ports once more
            stream = null;
        }
        if (stream == null && (segment.start() || segment.payload().length > 0)) {
            stream = open(segment);
        }
        if (stream != null) {
            stream.add(time, segment);
        }
    }

    void end() {
        open.values().forEach(TcpStream::end);
        open.clear();
    }

    private TcpStream open(Segment segment) {
        var stream = new TcpStream(segment, readers.open(segment.flow(), segment.start()));
        open.put(segment.flow(), stream);
        if (open.size() > FLOWS_MAX) {
            var oldest = open.entrySet().iterator();
            oldest.next().getValue().end();
            oldest.remove();
        }
        return stream;
    }
}
