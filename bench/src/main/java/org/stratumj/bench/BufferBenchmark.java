package org.stratumj.bench;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Keeping copies of payloads for a while: from the heap, from a pool with room for all, and from a pool of eight
/// pieces, as the reference implementation's has. One operation is one payload.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BufferBenchmark {
    private static final int LARGEST = 1 << 14;
    private static final int SPREAD = 12_000;
    private static final int LENGTHS = 1 << 10;

    /// Where the bytes are kept.
    @Param
    public HeldMemory memory = HeldMemory.HEAP;

    /// The payload's size; 0 for lengths that vary between 4 and 16 KiB.
    @Param({"64", "1024", "16384", "0"})
    public int bytes = 64;

    /// How many are kept at a time.
    @Param({"1", "8", "9", "100", "1000"})
    public int held = 1;

    private final byte[] source = new byte[LARGEST];
    private final int[] lengths = new int[LENGTHS];
    private HeldMemory.Window window = HeldMemory.HEAP.window(1, 1);
    private int count;

    /// Makes the payload and an empty window.
    @Setup
    public void setUp() {
        var random = new Random(20_261_120L);
        random.nextBytes(source);
        Arrays.setAll(lengths, i -> bytes == 0 ? LARGEST - random.nextInt(SPREAD) : bytes);
        window = memory.window(held, bytes == 0 ? LARGEST : bytes);
    }

    /// A window that slides: for each payload taken the oldest one is let go. In a pool this goes round and round,
    /// from back to front to back.
    @Benchmark
    public Object slidingWindow() {
        return window.slide(source, lengths[count++ & LENGTHS - 1]);
    }

    /// Payloads pile up until as many are held, then all are let go.
    @Benchmark
    public Object releasedTogether() {
        return window.pileUp(source, lengths[count++ & LENGTHS - 1]);
    }
}
