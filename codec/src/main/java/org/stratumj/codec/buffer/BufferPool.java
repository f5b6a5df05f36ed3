package org.stratumj.codec.buffer;

/// One array, lent out in pieces. Bounded in bytes and in pieces; when either is used up, leases come from the heap
/// until something is released, so a caller is never refused and never waits.
///
/// Pieces lie one behind the other, in the order they were taken. Room is found again at both ends of what is lent:
///
/// ```text
///           ┌──── behind the newest ─────┐
///  |        | oldest | … | newest |      |      BACK       the next piece follows the newest,
///  └ front ─┘                                              or goes to the front if that has more room
///  |  … | newest |      | oldest | …     |      FRONT      the next piece lies between newest and oldest
///                └ room ┘                       ALLOCATING no room: the heap serves
/// ```
///
/// A piece that is kept for long blocks only what lies between it and the ends. One owner: the pool and its leases
/// belong to one lane, nothing is synchronized.
public final class BufferPool {
    static final int NO_SLOT = -1;

    private static final byte[] EMPTY = {};

    private final byte[] array;
    private final LeaseTrace trace;

    // A circle of pieces, from the oldest on. A piece whose leases are all released stays until it is at an end.
    private final int[] start;
    private final int[] end;
    private final int[] leases;
    private int oldest;
    private int pieces;

    private int held;
    private Mode mode = Mode.BACK;

    /// Where the next lease comes from.
    public enum Mode {
        /// Behind the newest piece.
        BACK,
        /// Before the oldest piece, in room that was released.
        FRONT,
        /// The heap: the last lease found no room.
        ALLOCATING
    }

    /// An empty pool. It takes its bytes at once and never more.
    ///
    /// @param bytes  1 or more
    /// @param pieces most leases at a time, parts of a split one counted once; 1 or more
    /// @throws IllegalArgumentException if either is less
    public BufferPool(int bytes, int pieces) {
        this(bytes, pieces, LeaseTrace.OFF);
    }

    private BufferPool(int bytes, int pieces, LeaseTrace trace) {
        this.array = new byte[positive("bytes", bytes)];
        this.start = new int[positive("pieces", pieces)];
        this.end = new int[pieces];
        this.leases = new int[pieces];
        this.trace = trace;
    }

    /// A pool that remembers for each lease where it was taken, which costs microseconds each: for tests.
    public static BufferPool tracing(int bytes, int pieces) {
        return new BufferPool(bytes, pieces, LeaseTrace.on());
    }

    /// Lends `length` bytes, of the pool if there is room.
    ///
    /// @param length 0 or more
    /// @throws IllegalArgumentException if it is negative
    public Lease take(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a lease has 0 bytes or more, not " + length);
        }
        if (length == 0) {
            return lent(new Lease(this, NO_SLOT, EMPTY, 0, 0));
        }
        forgetReleased();
        int at = pieces < start.length ? placeFor(length) : NO_SLOT;
        if (at == NO_SLOT) {
            mode = Mode.ALLOCATING;
            return lent(new Lease(this, NO_SLOT, new byte[length], 0, length));
        }
        int slot = index(pieces++);
        start[slot] = at;
        end[slot] = at + length;
        leases[slot] = 1;
        return lent(new Lease(this, slot, array, at, length));
    }

    /// Where the last lease came from.
    public Mode mode() {
        return mode;
    }

    /// How many leases are not released, those of the heap included.
    public int held() {
        return held;
    }

    /// The bytes of the pool.
    public int capacity() {
        return array.length;
    }

    /// Fails if a lease was not released; to be called where all should be, as at the end of a test.
    ///
    /// @throws IllegalStateException with the number; a [#tracing] pool adds for each where it was taken
    public void requireAllReleased() {
        if (held > 0) {
            throw trace.leak(held);
        }
    }

    void onSplit(int slot, Lease rest) {
        if (slot != NO_SLOT) {
            leases[slot]++;
        }
        lent(rest);
    }

    void onRelease(int slot, Lease lease) {
        if (slot != NO_SLOT) {
            leases[slot]--;
        }
        held--;
        trace.forget(lease);
    }

    private Lease lent(Lease lease) {
        held++;
        trace.remember(lease);
        return lease;
    }

    private void forgetReleased() {
        while (pieces > 0 && leases[oldest] == 0) {
            oldest = index(1);
            pieces--;
        }
        while (pieces > 0 && leases[index(pieces - 1)] == 0) {
            pieces--;
        }
    }

    private int placeFor(int length) {
        if (pieces == 0) {
            return found(Mode.BACK, 0, array.length, length);
        }
        int first = start[oldest];
        int newest = index(pieces - 1);
        if (start[newest] < first) {
            return found(Mode.FRONT, end[newest], first, length);
        }
        int behind = found(Mode.BACK, end[newest], array.length, length);
        return behind == NO_SLOT ? found(Mode.FRONT, 0, first, length) : behind;
    }

    private int found(Mode where, int from, int to, int length) {
        if (to - from < length) {
            return NO_SLOT;
        }
        mode = where;
        return from;
    }

    /// The slot of the piece that is `after` pieces after the oldest.
    private int index(int after) {
        int index = oldest + after;
        return index < start.length ? index : index - start.length;
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("a pool has 1 or more " + name + ", not " + value);
        }
        return value;
    }
}
