package org.stratumj.testkit.faults;

import java.time.Duration;

/// One thing that goes wrong on a pipe. Bytes keep their order under each of them.
public sealed interface Fault {
    /// A span that does not end by itself.
    Duration FOREVER = Duration.ofDays(36_500);

    /// Which kind it is.
    FaultKind kind();

    /// Bytes arrive late, each by a time of its own between `least` and `most`, though none before those that were sent
    /// first.
    ///
    /// @param span how long bytes are delayed from the beginning of the fault on
    record Delay(Flow flow, Duration least, Duration most, Duration span) implements Fault {
        /// @throws IllegalArgumentException unless 0 ≤ least ≤ most and the span is positive
        public Delay {
            if (least.isNegative() || most.compareTo(least) < 0) {
                throw new IllegalArgumentException("delay must be 0 <= least <= most, is " + least + ".." + most);
            }
            requirePositive(span);
        }

        /// Of one length, for good.
        public Delay(Flow flow, Duration length) {
            this(flow, length, length, FOREVER);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.DELAY;
        }
    }

    /// Bytes travel in pieces of 1 to `bytesMax`, each in a task of its own.
    ///
    /// @param span how long they are cut from the beginning of the fault on
    record Split(Flow flow, int bytesMax, Duration span) implements Fault {
        /// @throws IllegalArgumentException if `bytesMax` or the span is not positive
        public Split {
            if (bytesMax < 1) {
                throw new IllegalArgumentException("bytesMax must be at least 1, is " + bytesMax);
            }
            requirePositive(span);
        }

        /// For good.
        public Split(Flow flow, int bytesMax) {
            this(flow, bytesMax, FOREVER);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.SPLIT;
        }
    }

    /// One bit of the next byte is the other one.
    ///
    /// @param bit 0 for the lowest, to 7
    record Corrupt(Flow flow, int bit) implements Fault {
        /// @throws IllegalArgumentException if the bit is not 0 to 7
        public Corrupt {
            if (bit < 0 || bit > 7) {
                throw new IllegalArgumentException("bit must be 0..7, is " + bit);
            }
        }

        @Override
        public FaultKind kind() {
            return FaultKind.CORRUPT;
        }
    }

    /// The next bytes are lost, and nobody is told.
    ///
    /// @param bytes how many; `Long.MAX_VALUE` for all that follow
    record Drop(Flow flow, long bytes) implements Fault {
        /// @throws IllegalArgumentException if `bytes` is not positive
        public Drop {
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes must be at least 1, is " + bytes);
            }
        }

        /// All bytes that follow.
        public Drop(Flow flow) {
            this(flow, Long.MAX_VALUE);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.DROP;
        }
    }

    /// Bytes wait; the sender feels it as it feels a receiver that does not read.
    ///
    /// @param span after which they move again
    record Stall(Flow flow, Duration span) implements Fault {
        /// @throws IllegalArgumentException if the span is not positive
        public Stall {
            requirePositive(span);
        }

        /// Until [FaultyPipe#resume].
        public Stall(Flow flow) {
            this(flow, FOREVER);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.STALL;
        }
    }

    /// One end sees an orderly end of the stream, after the bytes that were sent before; the other end goes on
    /// believing in the connection, hears nothing and talks to nobody, until it is told after a while.
    ///
    /// @param flow    which stream ends: of the incoming one the owner sees the end, of the outgoing one the peer
    /// @param noticed after which time the other end is told
    record HalfClose(Flow flow, Duration noticed) implements Fault {
        /// @throws IllegalArgumentException if the time is not positive
        public HalfClose {
            requirePositive(noticed);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.HALF_CLOSE;
        }
    }

    /// The connection is gone for both ends, with what was on its way; the owner is told of a reset.
    record Cut() implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.CUT;
        }
    }

    private static void requirePositive(Duration span) {
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException("a span must be positive, is " + span);
        }
    }
}
