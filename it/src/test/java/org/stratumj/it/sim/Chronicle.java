package org.stratumj.it.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/// What happened in a world: counted, digested, and the last of it kept, so that a broken invariant can be told with
/// what led to it. An invariant is never thrown, since the code under test would catch that: the first one
/// stays, and ends the world.
final class Chronicle {
    private static final int LINES_KEPT = 400;
    private static final int LINE_LENGTH_MAX = 240;

    private final LongSupplier nanoTime;
    private final Map<Count, long[]> counts = new EnumMap<>(Count.class);
    private final Deque<Line> lines = new ArrayDeque<>(LINES_KEPT);
    private final CRC32C digest = new CRC32C();
    private Optional<String> violation = Optional.empty();

    /// What is counted.
    enum Count {
        MESSAGES,
        SHARES,
        ACKNOWLEDGED,
        REFUSED,
        BLOCKS,
        FAULTS,
        CONNECTIONS,
        CHANNELS,
        CHECKS
    }

    /// Made text only when somebody reads it.
    private record Line(long nanoTime, String where, Object what) {
        @Override
        public String toString() {
            String line = time(nanoTime) + " " + where + ": " + what;
            return line.length() <= LINE_LENGTH_MAX ? line : line.substring(0, LINE_LENGTH_MAX) + "…";
        }
    }

    Chronicle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        for (Count count : Count.values()) {
            counts.put(count, new long[1]);
        }
    }

    void count(Count what) {
        add(what, 1);
    }

    void add(Count what, long number) {
        cell(what)[0] += number;
    }

    Map<Count, Long> counts() {
        Map<Count, Long> all = new EnumMap<>(Count.class);
        counts.forEach((what, cell) -> all.put(what, cell[0]));
        return all;
    }

    long counted(Count what) {
        return cell(what)[0];
    }

    /// Remembers a message or an event.
    void tell(String where, Object what) {
        if (lines.size() == LINES_KEPT) {
            lines.removeFirst();
        }
        lines.addLast(new Line(nanoTime.getAsLong(), where, what));
    }

    /// Something that two runs of one seed must have in common, at this time.
    void digest(long where, byte[] bytes, int offset, int length) {
        digest(where);
        digest.update(bytes, offset, length);
    }

    /// See the other.
    void digest(long what) {
        word(nanoTime.getAsLong());
        word(what);
    }

    /// Of everything so far.
    String digest() {
        return "%08x".formatted(digest.getValue());
    }

    /// Counts a check and notes the first that fails.
    void check(boolean holds, String where, String broken) {
        check(holds, where, () -> broken);
    }

    /// See the other.
    void check(boolean holds, String where, Supplier<String> broken) {
        count(Count.CHECKS);
        if (!holds) {
            broken(where, broken.get());
        }
    }

    /// An invariant does not hold.
    void broken(String where, String what) {
        if (violation.isEmpty()) {
            violation = Optional.of(time(nanoTime.getAsLong()) + " " + where + ": " + what);
            tell(where, "BROKEN: " + what);
        }
    }

    /// The first invariant that did not hold, with its time.
    Optional<String> violation() {
        return violation;
    }

    /// The last lines.
    String lastLines(int number) {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .skip(Math.max(0, lines.size() - number))
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private long[] cell(Count what) {
        long[] cell = counts.get(what);
        if (cell == null) {
            throw new IllegalArgumentException("not counted: " + what);
        }
        return cell;
    }

    private void word(long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            digest.update((int) (value >>> shift));
        }
    }

    static String time(long nanos) {
        Duration time = Duration.ofNanos(nanos);
        return "%d:%02d:%02d.%06d"
                .formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart(), time.toNanosPart() / 1000);
    }
}
