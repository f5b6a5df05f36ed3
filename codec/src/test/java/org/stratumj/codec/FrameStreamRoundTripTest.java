package org.stratumj.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.codec.Streams.feed;
import static org.stratumj.codec.Streams.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;

/// Goal: the frames that come out are those that went in, wherever the network cuts the bytes.
class FrameStreamRoundTripTest {
    private static final long SEED = Long.getLong("stratumj.seed", 20_261_120L);

    @ParameterizedTest
    @EnumSource
    void findsFramesAtEverySplit(Streams stream) {
        var frames = List.of(frame(9, 1), frame(0, 2), frame(30, 3));
        var bytes = stream.encodeAll(frames);
        for (int split = 0; split <= bytes.length; split++) {
            var decoder = stream.decoder(Streams.LARGEST);
            var found = new ArrayList<>(feed(decoder, Arrays.copyOf(bytes, split)));
            found.addAll(feed(decoder, Arrays.copyOfRange(bytes, split, bytes.length)));
            assertThat(found).as("split at %d", split).isEqualTo(frames);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsFramesByteByByte(Streams stream) {
        var frames = List.of(frame(0, 1), frame(300, 2), frame(1, 3), frame(0, 4));
        var decoder = stream.decoder(Streams.LARGEST);
        var found = new ArrayList<Frame>();
        for (byte single : stream.encodeAll(frames)) {
            found.addAll(feed(decoder, new byte[] {single}));
        }
        assertThat(found).isEqualTo(frames);
    }

    @ParameterizedTest
    @EnumSource
    void findsFramesInRandomPieces(Streams stream) {
        var random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            var frames = randomFrames(random);
            var bytes = stream.encodeAll(frames);
            var decoder = stream.decoder(Streams.LARGEST);
            var found = new ArrayList<Frame>();
            for (int at = 0; at < bytes.length; ) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 100 : 100_000));
                found.addAll(feed(decoder, Arrays.copyOfRange(bytes, at, end)));
                at = end;
            }
            assertThat(found).as("round %d, seed %d", round, SEED).isEqualTo(frames);
        }
    }

    // Around one block, two, and three: a decoder that skips a block is only found out with the third.
    @ParameterizedTest
    @EnumSource
    @Tag("SEC-033")
    @Tag("SEC-036")
    void carriesPayloadsOfSeveralBlocks(Streams stream) {
        for (int blocks = 1; blocks <= 4; blocks++) {
            for (int size = blocks * 65519 - 1; size <= blocks * 65519 + 1; size++) {
                var frames = List.of(frame(size, size), frame(3, 1));
                assertThat(feed(stream.decoder(Streams.LARGEST), stream.encodeAll(frames)))
                        .isEqualTo(frames);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesTheLargestPayload(Streams stream) {
        var frame = frame(FrameHeader.PAYLOAD_BYTES_MAX, SEED);
        var bytes = stream.encoder().encode(frame);
        var decoder = stream.decoder(Streams.LARGEST);
        var found = new ArrayList<Frame>();
        for (int at = 0; at < bytes.length; at += 65536) {
            found.addAll(feed(decoder, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 65536))));
        }
        assertThat(found).isEqualTo(List.of(frame));
    }

    // A caller that always reads exactly the missing bytes gets every frame and never a byte of the next one.
    @ParameterizedTest
    @EnumSource
    @Tag("SEC-036")
    void tellsHowManyBytesAreMissing(Streams stream) {
        for (int size : new int[] {0, 1, 100, 65519, 65520, 200_000}) {
            var frame = frame(size, size);
            var bytes = stream.encoder().encode(frame);
            var decoder = stream.decoder(Streams.LARGEST);
            int at = 0;
            var found = new ArrayList<Frame>();
            while (found.isEmpty()) {
                int missing = decoder.missingBytes();
                assertThat(missing).isPositive().isLessThanOrEqualTo(bytes.length - at);
                found.addAll(feed(decoder, Arrays.copyOfRange(bytes, at, at + missing)));
                at += missing;
            }
            assertThat(found).isEqualTo(List.of(frame));
            assertThat(at).isEqualTo(bytes.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isMissingNothingWhenAFrameIsThere(Streams stream) {
        var decoder = stream.decoder(Streams.LARGEST);
        var bytes = stream.encodeAll(List.of(frame(10, 1), frame(10, 2)));
        decoder.feed(bytes, 0, bytes.length);
        assertThat(decoder.missingBytes()).isZero();
        assertThat(decoder.poll()).isEqualTo(frame(10, 1));
        assertThat(decoder.missingBytes()).isZero();
        assertThat(decoder.poll()).isEqualTo(frame(10, 2));
        assertThat(decoder.missingBytes()).isPositive();
        assertThat(decoder.poll()).isNull();
    }

    private static List<Frame> randomFrames(Random random) {
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < 12; i++) {
            frames.add(frame(random.nextInt(random.nextInt(5) == 0 ? 200_000 : 300), random.nextLong()));
        }
        return frames;
    }
}
