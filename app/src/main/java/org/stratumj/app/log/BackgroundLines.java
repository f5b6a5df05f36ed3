package org.stratumj.app.log;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Writes lines to a stream on a thread of its own, so that a reader that stalls (a pipe that is not read, Ctrl-S in a
/// terminal) never blocks the threads that mine. Lines that find [#LINES_MAX] waiting are dropped and counted; once the
/// reader is back, one line gives their number.
///
/// Any thread.
public final class BackgroundLines implements Consumer<String>, AutoCloseable {
    /// Lines that wait for the reader.
    public static final int LINES_MAX = 4096;

    /// How long [#close] waits for the reader.
    static final Duration CLOSE_MAX = Duration.ofSeconds(1);

    private static final LongAdder DROPPED = new LongAdder();

    private final PrintWriter out;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(LINES_MAX);
    private final LongAdder droppedHere = new LongAdder();
    private final Thread writer;
    private volatile boolean closed;

    /// Begins to write to `out`, which stays open.
    public BackgroundLines(PrintWriter out) {
        this.out = out;
        this.writer = Thread.ofPlatform().daemon().name("stratumj-lines").start(this::write);
    }

    /// Lines dropped in this process because their reader stalled.
    public static long dropped() {
        return DROPPED.sum();
    }

    /// Takes a line; never waits.
    @Override
    public void accept(String line) {
        if (closed || !waiting.offer(line)) {
            droppedHere.increment();
            DROPPED.increment();
        }
    }

    @Override
    public void close() {
        finish();
    }

    /// Takes no more lines, and waits until those that came are written, [#CLOSE_MAX] at the longest. Idempotent.
    public void finish() {
        closed = true;
        try {
            writer.join(CLOSE_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            while (!closed || !waiting.isEmpty()) {
                String line = waiting.poll(50, TimeUnit.MILLISECONDS);
                if (line != null) {
                    print(line);
                }
                reportDropped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportDropped() {
        long dropped = waiting.isEmpty() ? droppedHere.sumThenReset() : 0;
        if (dropped > 0) {
            print(dropped + " lines dropped: their reader did not keep up");
        }
    }

    /// A stream that fails sets the error flag of `out` and throws nothing.
    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
