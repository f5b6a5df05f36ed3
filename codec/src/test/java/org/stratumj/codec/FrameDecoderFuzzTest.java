package org.stratumj.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.noise.TransportException;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;

/// Goal: whatever a peer sends, a stream ends in messages, or in an exception that says what the peer did wrong.
/// Method:
/// seeded random bytes, most of them behind the header of a real message type.
class FrameDecoderFuzzTest {
    private static final long SEED = Long.getLong("stratumj.seed", 20_261_120L);
    private static final int ROUNDS = 3_000;
    private static final MessageRegistry REGISTRY = MessageRegistry.core();

    @ParameterizedTest
    @EnumSource
    void survivesGarbage(Streams stream) {
        var random = new Random(SEED);
        int messages = 0;
        int refusals = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var decoder = stream.decoder(FrameLimits.of(REGISTRY));
            var garbage = random.nextInt(4) == 0 ? bytes(random, 200) : framed(random, stream);
            decoder.feed(garbage, 0, garbage.length);
            try {
                messages += decodeAll(decoder);
            } catch (DecodeException | TransportException e) {
                refusals++;
                assertStaysBroken(decoder, e);
            }
        }
        // Both must have happened, or the test tests nothing.
        assertThat(messages).as("seed %d", SEED).isGreaterThan(ROUNDS / 20);
        assertThat(refusals).as("seed %d", SEED).isGreaterThan(ROUNDS / 20);
    }

    private static void assertStaysBroken(FrameDecoder decoder, RuntimeException failure) {
        if (!(failure instanceof DecodeException e) || e.reason().breaksFraming()) {
            assertThatThrownBy(decoder::poll).isInstanceOf(IllegalStateException.class);
        }
    }

    private static int decodeAll(FrameDecoder decoder) {
        int messages = 0;
        while (decoder.<Object>poll(REGISTRY::decode) != null) {
            messages++;
        }
        assertThat(decoder.missingBytes()).isPositive();
        return messages;
    }

    private static byte[] framed(Random random, Streams stream) {
        var layouts = REGISTRY.layouts();
        Layout layout = layouts.get(random.nextInt(layouts.size()));
        var payload = bytes(random, Math.max(1, 2 * layout.payloadBytesMin()));
        var header =
                new FrameHeader(layout.extensionType(), random.nextBoolean(), layout.messageType(), payload.length);
        var frame = new Frame(header, Bytes.of(payload));
        return stream.encoder().encode(frame);
    }

    private static byte[] bytes(Random random, int bound) {
        var bytes = new byte[random.nextInt(bound)];
        random.nextBytes(bytes);
        return bytes;
    }
}
