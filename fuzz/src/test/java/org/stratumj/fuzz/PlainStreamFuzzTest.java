package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameDecoder;
import org.stratumj.codec.FrameLimits;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;

/// A stream in plaintext. The input is how to cut, then the stream. However it is cut, the frames are those that a
/// reader of the whole stream finds, up to the first header whose length is above the limit.
class PlainStreamFuzzTest {
    private static final FrameLimits LIMITS = FrameLimits.of(MessageRegistry.core());
    private static final int CUTS_MAX = 16;

    /// What the stream comes to.
    private record Outcome(List<Frame> frames, boolean refused) {}

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "0301020300000301000000ff00800206000001000000050000", // two frames and a header
                        "00000020ffffff00", // unknown, above the limit
                        "1001010101010101010101010101010101" + "0040070a000000010203040506070809",
                        "01060000710000000080160400000500000000c07f000000")
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void findsTheSameFramesHoweverTheStreamIsCut(byte[] data) {
        var in = new Input(data);
        var cuts = in.take(in.u8() % (CUTS_MAX + 1));
        var stream = in.rest();
        Property.requireMemory(256, data.length + CUTS_MAX, () -> check(cuts, stream));
    }

    private static void check(byte[] cuts, byte[] stream) {
        var expected = reference(stream);
        requireEqual(expected, read(stream, missing -> stream.length), "in one piece");
        requireEqual(expected, read(stream, missing -> missing), "as many bytes as are missing");
        if (cuts.length > 0) {
            int[] next = {0};
            requireEqual(expected, read(stream, missing -> cuts[next[0]++ % cuts.length] & 0xff), "in pieces");
        }
    }

    private static Outcome reference(byte[] stream) {
        var frames = new ArrayList<Frame>();
        int at = 0;
        while (stream.length - at >= FrameHeader.SIZE) {
            var header = FrameHeader.parse(stream, at);
            if (header.payloadLength() > LIMITS.payloadBytesMax(header.extensionType(), header.messageType())) {
                return new Outcome(frames, true);
            }
            if (stream.length - at < header.frameLength()) {
                break;
            }
            frames.add(new Frame(header, Bytes.of(stream, at + FrameHeader.SIZE, header.payloadLength())));
            at += header.frameLength();
        }
        return new Outcome(frames, false);
    }

    private static Outcome read(byte[] stream, IntUnaryOperator pieceForMissing) {
        var decoder = FrameCodec.plain(LIMITS).decoder();
        var frames = new ArrayList<Frame>();
        int at = 0;
        try {
            while (at < stream.length) {
                int piece =
                        Math.min(Math.max(1, pieceForMissing.applyAsInt(decoder.missingBytes())), stream.length - at);
                decoder.feed(stream, at, piece);
                at += piece;
                poll(decoder, frames);
            }
        } catch (DecodeException refused) {
            require(refused.reason().breaksFraming(), "only the framing is refused here");
            requireBroken(decoder);
            return new Outcome(frames, true);
        }
        return new Outcome(frames, false);
    }

    private static void poll(FrameDecoder decoder, List<Frame> frames) {
        for (var frame = decoder.poll(); frame != null; frame = decoder.poll()) {
            frames.add(frame);
        }
        require(decoder.missingBytes() > 0, "something is missing when there is no frame");
    }

    private static void requireBroken(FrameDecoder decoder) {
        try {
            decoder.poll();
        } catch (IllegalStateException asItShould) {
            return;
        }
        throw new AssertionError("a broken stream goes on");
    }
}
