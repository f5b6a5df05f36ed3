package org.stratumj.bench;

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
import org.stratumj.protocol.MessageReader;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;

/// Message to frame and back, without a stream around it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {
    /// The message type.
    @Param
    public SampleMessage message = SampleMessage.SUBMIT_SHARES_EXTENDED;

    private final MessageRegistry registry = MessageRegistry.core();
    private final MessageReader reader = registry.reader();
    private Sv2Message value = message.make();
    private byte[] bytes = {};
    private FrameHeader header = registry.encode(value).header();

    /// Makes the message and its bytes.
    @Setup
    public void setUp() {
        value = message.make();
        var frame = registry.encode(value);
        header = frame.header();
        bytes = frame.bytes();
    }

    /// Message to an immutable frame, as for a broadcast.
    @Benchmark
    public Frame encode() {
        return registry.encode(value);
    }

    /// Message into a given array.
    @Benchmark
    public byte[] encodeInPlace() {
        registry.writeFrame(value, bytes, 0);
        return bytes;
    }

    /// Bytes to message, as from a decoder's buffer.
    @Benchmark
    public Sv2Message decode() {
        return reader.decode(FrameHeader.parse(bytes, 0), bytes, FrameHeader.SIZE, header.payloadLength());
    }
}
