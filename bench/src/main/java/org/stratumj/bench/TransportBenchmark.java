package org.stratumj.bench;

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
import org.stratumj.codec.FrameLimits;
import org.stratumj.noise.CipherState;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Bytes;

/// The encrypted stream: one block sealed and opened, and a whole frame through encoder and decoder.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TransportBenchmark {
    /// Plaintext bytes: of the block, or of the frame's payload.
    @Param({"22", "64", "1024", "16384"})
    public int size = 22;

    private final CipherState sender = CipherState.of(new byte[CipherState.KEY_BYTES]);
    private final CipherState receiver = CipherState.of(new byte[CipherState.KEY_BYTES]);
    private final FrameCodec encrypted = FrameCodec.encrypted(
            new TransportCiphers(
                    CipherState.of(new byte[CipherState.KEY_BYTES]), CipherState.of(new byte[CipherState.KEY_BYTES])),
            FrameLimits.of(MessageRegistry.core()));
    private final FrameCodec plain = FrameCodec.plain(FrameLimits.of(MessageRegistry.core()));

    private byte[] plaintext = {};
    private byte[] ciphertext = {};
    private byte[] wire = {};
    private Frame frame = new Frame(new FrameHeader(0x4000, false, 1, 0), Bytes.EMPTY);

    /// Makes room for the block and the frame.
    @Setup
    public void setUp() {
        plaintext = new byte[size];
        ciphertext = new byte[size + CipherState.TAG_BYTES];
        frame = new Frame(new FrameHeader(0x4000, false, 1, size), Bytes.of(plaintext));
        wire = new byte[encrypted.encoder().encodedSize(frame)];
    }

    /// One block from one array to another and back.
    @Benchmark
    public int sealAndOpen() {
        int sealed = sender.seal(plaintext, 0, size, ciphertext, 0);
        return receiver.open(ciphertext, 0, sealed, plaintext, 0);
    }

    /// One frame through an encrypted stream.
    @Benchmark
    public @Nullable Frame encryptedFrame() {
        return through(encrypted);
    }

    /// One frame through a stream in plaintext, for comparison.
    @Benchmark
    public @Nullable Frame plainFrame() {
        return through(plain);
    }

    private @Nullable Frame through(FrameCodec codec) {
        int length = codec.encoder().encode(frame, wire, 0);
        codec.decoder().feed(wire, 0, length);
        return codec.decoder().poll();
    }
}
