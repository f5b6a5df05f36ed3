package org.stratumj.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BackgroundLinesTest {
    private static final int MORE = 100;

    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch readAgain = new CountDownLatch(1);
    private final StringWriter written = new StringWriter();

    @Test
    void stalledReaderHoldsNobodyUpAndTheNumberOfDroppedLinesFollows() throws Exception {
        long before = BackgroundLines.dropped();
        try (BackgroundLines lines = new BackgroundLines(new PrintWriter(new Stalling()))) {
            lines.accept("first");
            stalled.await();
            for (int i = 0; i < BackgroundLines.LINES_MAX + MORE; i++) {
                lines.accept("line " + i);
            }
            assertThat(BackgroundLines.dropped() - before).isEqualTo(MORE);
            readAgain.countDown();
        }
        assertThat(written.toString().lines())
                .hasSize(1 + BackgroundLines.LINES_MAX + 1)
                .contains("first", "line 0", "line " + (BackgroundLines.LINES_MAX - 1))
                .endsWith(MORE + " lines dropped: their reader did not keep up");
    }

    @Test
    void closingWaitsForAStalledReaderNoLongerThanItsBound() throws Exception {
        BackgroundLines lines = new BackgroundLines(new PrintWriter(new Stalling()));
        lines.accept("first");
        stalled.await();
        lines.close(); // returns, or the test times out
        assertThat(written.toString()).isEmpty();
        readAgain.countDown();
    }

    @Test
    void closingWritesWhatWaits() {
        try (BackgroundLines lines = new BackgroundLines(new PrintWriter(written))) {
            lines.accept("one");
            lines.accept("two");
        }
        assertThat(written.toString().lines()).containsExactly("one", "two");
    }

    /// A pipe that is full until it is read again.
    private final class Stalling extends Writer {
        @Override
        public void write(char[] text, int offset, int length) {
            stalled.countDown();
            try {
                readAgain.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            written.write(text, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
