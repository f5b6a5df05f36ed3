package org.stratumj.bench;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameDecoder;
import org.stratumj.codec.FrameLimits;
import org.stratumj.codec.buffer.BufferPool;
import org.stratumj.codec.buffer.Lease;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;

/// What a received frame costs through the whole stream when it is kept for a while: as the message it is, as a
/// frame of its own, or as bytes in a pool. One operation is one frame of a job for a group, about 700 bytes.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HeldFrameBenchmark {
    private static final MessageRegistry REGISTRY = MessageRegistry.core();

    /// How many are kept at a time.
    @Param({"1", "8", "9", "100", "1000"})
    public int held = 1;

    private final byte[] bytes =
            REGISTRY.encode(SampleMessage.NEW_EXTENDED_MINING_JOB.make()).bytes();
    private final FrameDecoder decoder =
            FrameCodec.plain(FrameLimits.of(REGISTRY)).decoder();
    private @Nullable Object[] kept = {};
    private @Nullable Lease[] leases = {};
    private BufferPool pool = new BufferPool(1, 1);
    private int next;

    /// Makes empty windows.
    @Setup
    public void setUp() {
        kept = new Object[held];
        leases = new Lease[held];
        pool = new BufferPool((held + 1) * bytes.length, held + 1);
    }

    /// Decodes, and keeps the message.
    @Benchmark
    public Object message() {
        decoder.feed(bytes, 0, bytes.length);
        Sv2Message message = Objects.requireNonNull(decoder.poll(REGISTRY::decode));
        kept[advance()] = message;
        return message;
    }

    /// Keeps the frame, with a payload of its own.
    @Benchmark
    public Object frame() {
        decoder.feed(bytes, 0, bytes.length);
        Frame frame = Objects.requireNonNull(decoder.poll());
        kept[advance()] = frame;
        return frame;
    }

    /// Keeps the payload in a pool that has room for all.
    @Benchmark
    public Object pooled() {
        decoder.feed(bytes, 0, bytes.length);
        int place = advance();
        var oldest = leases[place];
        if (oldest != null) {
            oldest.release();
        }
        Lease lease = Objects.requireNonNull(decoder.poll(this::keep));
        leases[place] = lease;
        return lease;
    }

    private Lease keep(FrameHeader header, byte[] payload, int offset, int length) {
        var lease = pool.take(length);
        System.arraycopy(payload, offset, lease.array(), lease.offset(), length);
        return lease;
    }

    private int advance() {
        next = next + 1 < held ? next + 1 : 0;
        return next;
    }
}
