package org.stratumj.testkit.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;

/// One direction of a faulty pipe. Lane only.
///
/// Bytes are taken, suffer what is wrong at the moment, and go on at once if nothing holds them. If something does,
/// they wait: first for their flush, then in a queue for their time. Once anything waits, all that follows
/// waits behind it.
///
/// ```text
/// take ─▶ lost? flipped? ─┬─ nothing wrong, nobody waits ────────────────────────────▶ Sink.pass
///                         └─▶ unflushed ─ flush ─▶ queue ─ due, not stalled, wanted ─▶ Sink.deliver
/// ```
final class FaultyFlow {
    private final Lane lane;
    private final RandomGenerator random;
    private final Sink sink;
    private final Deque<byte[]> unflushed = new ArrayDeque<>();
    private final Deque<Piece> queue = new ArrayDeque<>();
    private final Deque<Fault.Corrupt> flips = new ArrayDeque<>();
    private @Nullable Lasting<Fault.Delay> delay;
    private @Nullable Lasting<Fault.Split> split;
    private @Nullable Lasting<Fault.Drop> drop;
    private long dropBytes;
    private boolean stalled;
    private long lastDue;
    private long waitingBytes;
    private long position;
    private boolean ending;
    private boolean closed;
    private boolean pumping;
    private boolean pumpsSoon;
    private Lane.@Nullable Scheduled dueTimer;
    private Lane.@Nullable Scheduled stallTimer;

    FaultyFlow(Lane lane, RandomGenerator random, Sink sink) {
        this.lane = lane;
        this.random = random;
        this.sink = sink;
        this.lastDue = lane.nanoTime();
    }

    /// Where the bytes go.
    interface Sink {
        /// Begins the faults that are planned for a position.
        ///
        /// @return how many bytes there are to the next
        long begin(long position);

        /// A fault has had an effect, for the first time.
        void onInjected(Fault fault);

        /// Bytes that did not wait; their flush comes from elsewhere.
        void pass(byte[] bytes, int offset, int length);

        /// Whether bytes that waited are wanted now.
        boolean isOpen();

        /// Bytes that waited for their flush as well.
        void deliver(byte[] bytes, int offset, int length);

        /// Nothing follows what was delivered.
        void end();

        /// Bytes may have moved, or may not move any more.
        void onChange();
    }

    /// Bytes that wait for their time.
    private static final class Piece {
        private final byte[] bytes;
        private final long due;
        private int offset;

        Piece(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }

        int length() {
            return bytes.length - offset;
        }
    }

    /// A fault that goes on, and counts once it is felt.
    private final class Lasting<F extends Fault> {
        private final F fault;
        private final long until;
        private boolean felt;

        Lasting(F fault, Duration span) {
            this.fault = fault;
            this.until = lane.nanoTime() + span.toNanos();
        }

        boolean holds() {
            return lane.nanoTime() - until < 0;
        }

        F feel() {
            if (!felt) {
                felt = true;
                sink.onInjected(fault);
            }
            return fault;
        }
    }

    /// Takes bytes of the stream, which the caller may use again afterwards.
    void take(byte[] bytes, int offset, int length) {
        int done = 0;
        long planned = sink.begin(position);
        while (done < length && !closed && !ending) {
            int run = (int) Math.min(length - done, planned);
            run = dropBytes > 0 ? swallow(run) : onward(bytes, offset + done, run);
            position += run;
            done += run;
            planned = sink.begin(position);
        }
    }

    /// Lets go what was taken so far.
    void flush() {
        while (!unflushed.isEmpty()) {
            queue.add(new Piece(unflushed.remove(), due()));
        }
        pump();
    }

    /// Takes no more bytes; the end of the stream follows what was taken so far, with the next flush.
    void cease() {
        ending = true;
    }

    /// Takes no more bytes, and lets go what was taken so far and the end of the stream.
    void end() {
        cease();
        flush();
    }

    /// Forgets what waits; nothing moves any more.
    void close() {
        closed = true;
        unflushed.clear();
        queue.clear();
        waitingBytes = 0;
        cancel(dueTimer);
        cancel(stallTimer);
    }

    /// Whether bytes wait, or would if they came now.
    boolean isHolding() {
        return !isClear();
    }

    int waitingPieces() {
        return unflushed.size() + queue.size();
    }

    long waitingBytes() {
        return waitingBytes;
    }

    boolean isStalled() {
        return stalled;
    }

    boolean isLosing() {
        return dropBytes > 0;
    }

    void begin(Fault.Delay fault) {
        delay = new Lasting<>(fault, fault.span());
    }

    void begin(Fault.Split fault) {
        split = new Lasting<>(fault, fault.span());
    }

    void begin(Fault.Corrupt fault) {
        flips.add(fault);
    }

    void begin(Fault.Drop fault) {
        drop = new Lasting<>(fault, Fault.FOREVER);
        dropBytes = fault.bytes();
    }

    void begin(Fault.Stall fault) {
        stalled = true;
        cancel(stallTimer);
        stallTimer = fault.span().compareTo(Fault.FOREVER) < 0 ? lane.schedule(this::go, fault.span()) : null;
        sink.onInjected(fault);
        sink.onChange();
    }

    /// Ends a stall, and what delays and splits. What is delayed already keeps its time.
    void resume() {
        delay = null;
        split = null;
        cancel(stallTimer);
        go();
    }

    /// Looks again at what waits, in a task of its own.
    void pumpSoon() {
        if (!pumpsSoon && !closed) {
            pumpsSoon = true;
            lane.execute(() -> {
                pumpsSoon = false;
                pump();
            });
        }
    }

    private void go() {
        stalled = false;
        sink.onChange();
        pumpSoon();
    }

    private int swallow(int run) {
        if (drop != null) {
            drop.feel();
        }
        int lost = (int) Math.min(run, dropBytes);
        dropBytes -= lost;
        return lost;
    }

    private int onward(byte[] bytes, int offset, int run) {
        int length = flips.isEmpty() ? run : 1;
        byte[] flipped = flips.isEmpty() ? bytes : new byte[] {flip(bytes[offset])};
        int from = flips.isEmpty() ? offset : 0;
        flips.clear();
        if (isClear()) {
            sink.pass(flipped, from, length);
        } else {
            unflushed.add(Arrays.copyOfRange(flipped, from, from + length));
            waitingBytes += length;
        }
        return length;
    }

    private byte flip(byte value) {
        int result = value;
        for (Fault.Corrupt fault : flips) {
            result ^= 1 << fault.bit();
            sink.onInjected(fault);
        }
        return (byte) result;
    }

    private boolean isClear() {
        return queue.isEmpty() && unflushed.isEmpty() && !stalled && !holds(delay) && !holds(split);
    }

    /// When what is flushed now may arrive.
    private long due() {
        long due = lane.nanoTime();
        if (delay != null && delay.holds()) {
            Fault.Delay fault = delay.feel();
            long jitter = fault.most().minus(fault.least()).toNanos();
            due += fault.least().toNanos() + random.nextLong(jitter + 1);
        }
        lastDue = Math.max(lastDue, due);
        return lastDue;
    }

    private void pump() {
        if (pumping || closed) {
            return;
        }
        pumping = true;
        try {
            boolean on = true;
            while (on) {
                on = deliverNext();
            }
        } finally {
            pumping = false;
        }
        if (ending && queue.isEmpty() && !closed) {
            close();
            sink.end();
        }
    }

    /// Delivers one piece, if it may go now.
    ///
    /// @return whether the next may follow in the same task
    private boolean deliverNext() {
        Piece piece = queue.peek();
        if (piece == null || stalled || !sink.isOpen()) {
            return false;
        }
        long wait = piece.due - lane.nanoTime();
        if (wait > 0) {
            wake(wait);
            return false;
        }
        boolean cut = holds(split);
        int length = cut ? cutOff(piece) : piece.length();
        int from = piece.offset;
        piece.offset += length;
        if (piece.length() == 0) {
            queue.remove();
        }
        waitingBytes -= length;
        sink.deliver(piece.bytes, from, length);
        sink.onChange();
        if (cut) {
            pumpSoon();
        }
        return !cut && !closed;
    }

    /// How much of a piece goes first; the rest waits.
    private int cutOff(Piece piece) {
        Lasting<Fault.Split> by = Objects.requireNonNull(split);
        int length = 1 + random.nextInt(Math.min(by.fault.bytesMax(), piece.length()));
        if (length < piece.length()) {
            by.feel();
        }
        return length;
    }

    private void wake(long nanos) {
        if (dueTimer == null) {
            dueTimer = lane.schedule(
                    () -> {
                        dueTimer = null;
                        pump();
                    },
                    Duration.ofNanos(nanos));
        }
    }

    private static boolean holds(@Nullable Lasting<?> fault) {
        return fault != null && fault.holds();
    }

    private static void cancel(Lane.@Nullable Scheduled timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
