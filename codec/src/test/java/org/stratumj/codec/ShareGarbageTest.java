package org.stratumj.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.protocol.MessageReader;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;

/// Goal: a share costs its record, and nothing else on the way from the bytes that arrived. Method: count what this
/// thread allocates for many shares and for as many records made by hand. It is not known when all is compiled, so the
/// best of several rounds counts.
class ShareGarbageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SHARES = 20_000;
    private static final int ROUNDS = 200;
    private static final int CONSTANT_BYTES = 2048;

    private static final byte[] EXTRANONCE = {1, 2, 3, 4, 5, 6, 7, 8};

    private final Sv2Message[] kept = new Sv2Message[SHARES];

    @ParameterizedTest
    @EnumSource
    void shareCostsItsRecordAndNothingElse(Streams stream) {
        var encoder = stream.encoder();
        var decoder = stream.decoder(FrameLimits.of(MessageRegistry.core()));
        var messages = MessageRegistry.core().reader();
        long made = Long.MAX_VALUE;
        long decoded = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && decoded > made + CONSTANT_BYTES; round++) {
            made = Math.min(made, allocatedBy(this::makeByHand));
            var wire = encoded(encoder);
            decoded = Math.min(decoded, allocatedBy(() -> decode(wire, decoder, messages)));
            assertThat(kept[SHARES - 1]).isEqualTo(share(SHARES - 1));
        }
        assertThat(decoded).as("bytes for %d shares", SHARES).isLessThanOrEqualTo(made + CONSTANT_BYTES);
    }

    private void decode(byte[][] wire, FrameDecoder decoder, MessageReader messages) {
        FrameReader<Sv2Message> reader = messages::decode;
        for (int i = 0; i < SHARES; i++) {
            decoder.feed(wire[i], 0, wire[i].length);
            var message = decoder.poll(reader);
            if (message == null) {
                throw new AssertionError("share " + i + " is not complete");
            }
            kept[i] = message;
        }
    }

    private void makeByHand() {
        for (int i = 0; i < SHARES; i++) {
            kept[i] = share(i);
        }
    }

    private static byte[][] encoded(FrameEncoder encoder) {
        return IntStream.range(0, SHARES)
                .mapToObj(i -> encoder.encode(MessageRegistry.core().encode(share(i))))
                .toArray(byte[][]::new);
    }

    private static SubmitSharesExtended share(int number) {
        return new SubmitSharesExtended(
                7, number, 42, 0xdead_beefL, 1_763_600_001L, 0x2000_e000L, Bytes.of(EXTRANONCE));
    }

    private static long allocatedBy(Runnable body) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        body.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
