package org.stratumj.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Goal: what a connection needed for one large frame it does not keep. Method: many decoders, one large frame each,
/// and a look at the heap.
class DecoderMemoryTest {
    private static final int DECODERS = 64;
    private static final int FRAME_BYTES = 1 << 20;
    private static final int PIECE_BYTES = 64 << 10;

    @ParameterizedTest
    @EnumSource
    void largeFrameOnceLeavesNoLargeBuffer(Streams stream) {
        var bytes = stream.encoder().encode(Streams.frame(FRAME_BYTES, 1));
        var decoders = new ArrayList<FrameDecoder>();
        receive(stream, bytes, new ArrayList<>()); // loads what one needs
        long before = heap();
        for (int i = 0; i < DECODERS; i++) {
            receive(stream, bytes, decoders);
        }
        long grown = heap() - before;
        assertThat(decoders).hasSize(DECODERS); // all of them are alive while the heap is looked at
        assertThat(grown).isLessThan(DECODERS * FRAME_BYTES / 8L);
    }

    private static void receive(Streams stream, byte[] bytes, List<FrameDecoder> decoders) {
        var decoder = stream.decoder(Streams.LARGEST);
        decoders.add(decoder);
        int frames = 0;
        for (int at = 0; at < bytes.length; at += PIECE_BYTES) {
            var piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE_BYTES));
            frames += Streams.feed(decoder, piece).size();
        }
        assertThat(frames).isEqualTo(1);
    }

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
