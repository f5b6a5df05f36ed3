package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload;
import org.stratumj.protocol.layout.RandomPayload.Length;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;

/// Goal: what is read is what was written, for every message. Method: payloads are made from the layouts, independently
/// of the codecs, decoded, and encoded again; the bytes have to be the same.
class MessageRoundTripTest {
    private static final long SEED = Long.getLong("stratumj.seed", 20_261_120L);
    private static final int ROUNDS = 200;
    private static final MessageRegistry REGISTRY = MessageRegistry.core();

    static Stream<Layout> layouts() {
        return REGISTRY.layouts().stream();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void decodesAndEncodesRandomPayloads(Layout layout) {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            assertSurvives(layout, RandomPayload.of(layout, Length.RANDOM, random));
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void decodesAndEncodesTheShortestPayload(Layout layout) {
        var payload = RandomPayload.of(layout, Length.SHORTEST, new Random(SEED));
        assertThat(payload).hasSize(layout.payloadBytesMin());
        assertSurvives(layout, payload);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void decodesAndEncodesTheLongestPayload(Layout layout) {
        var payload = RandomPayload.of(layout, Length.LONGEST, new Random(SEED));
        if (layout.payloadBytesMax() < FrameHeader.PAYLOAD_BYTES_MAX) {
            assertThat(payload).hasSize(layout.payloadBytesMax());
        }
        assertSurvives(layout, payload);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void refusesEveryPayloadThatIsCutShort(Layout layout) {
        var payload = RandomPayload.of(layout, Length.RANDOM, new Random(SEED));
        for (int length = 0; length < Math.min(payload.length, 2_000); length++) {
            var cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> decode(layout, cut))
                    .as("%d of %d bytes, seed %d", length, payload.length, SEED)
                    .isInstanceOfSatisfying(DecodeException.class, e -> {
                        assertThat(e.reason()).isEqualTo(DecodeException.Reason.TRUNCATED);
                        assertThat(e.messageName()).isEqualTo(layout.specName());
                        assertThat(e.offset()).isLessThanOrEqualTo(cut.length);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    @Tag("EXT-024")
    void ignoresBytesAfterTheLastField(Layout layout) {
        var payload = RandomPayload.of(layout, Length.RANDOM, new Random(SEED));
        var longer = Arrays.copyOf(payload, payload.length + 7);
        var message = decode(layout, longer);
        if (layout.tlvs()) {
            assertThat(REGISTRY.encode(message).payload().bytes()).isEqualTo(longer);
        } else {
            assertThat(message).isEqualTo(decode(layout, payload));
        }
    }

    @Test
    @Tag("EXT-014")
    @Tag("EXT-018")
    @Tag("FRM-005")
    void decodesAndEncodesRandomTlvFields() {
        var layout = REGISTRY.layout(0, 0x1b).orElseThrow();
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var base = Bytes.of(RandomPayload.of(layout, Length.RANDOM, random));
            var fields = randomTlvs(random);
            var payload = base.concat(Tlvs.of(fields).raw());
            var message = decode(layout, payload.bytes());
            assertThat(((SubmitSharesExtended) message).tlvs().fields())
                    .as("seed %d", SEED)
                    .containsExactlyInAnyOrderElementsOf(fields)
                    .isSortedAccordingTo(Comparator.comparingInt(Tlv::extensionType));
            assertSurvives(layout, payload.bytes());
        }
    }

    private static List<Tlv> randomTlvs(Random random) {
        return Stream.generate(() -> {
                    var value = new byte[random.nextInt(random.nextInt(8) == 0 ? 65_536 : 40)];
                    random.nextBytes(value);
                    return new Tlv(random.nextInt(0x8000), random.nextInt(256), Bytes.of(value));
                })
                .limit(random.nextInt(6))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void readsGarbageOrSaysWhatIsWrongWithIt(Layout layout) {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var garbage = new byte[random.nextInt(400)];
            random.nextBytes(garbage);
            try {
                assertThat(decode(layout, garbage)).isNotNull();
            } catch (DecodeException e) {
                assertThat(e.messageName()).as("seed %d", SEED).isEqualTo(layout.specName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void writesWholeFramesInPlace(Layout layout) {
        RandomGenerator random = new Random(SEED);
        var message = decode(layout, RandomPayload.of(layout, Length.RANDOM, random));
        var frame = REGISTRY.encode(message);
        var target = new byte[frame.size() + 5];
        REGISTRY.writeFrame(message, target, 5);
        assertThat(Arrays.copyOfRange(target, 5, target.length)).isEqualTo(frame.bytes());
        assertThat(REGISTRY.payloadSize(message)).isEqualTo(frame.payload().size());
        assertThat(REGISTRY.decode(frame)).isEqualTo(message);
    }

    private static void assertSurvives(Layout layout, byte[] payload) {
        var message = decode(layout, payload);
        var frame = REGISTRY.encode(message);
        assertThat(message.getClass().getName()).isEqualTo(layout.javaName());
        assertThat(frame.payload().bytes()).as("seed %d", SEED).isEqualTo(payload);
        assertThat(frame.header()).isEqualTo(header(layout, payload));
        assertThat(REGISTRY.decode(frame)).isEqualTo(message).hasSameHashCodeAs(message);
    }

    private static Sv2Message decode(Layout layout, byte[] payload) {
        return REGISTRY.decode(header(layout, payload), payload, 0, payload.length);
    }

    private static FrameHeader header(Layout layout, byte[] payload) {
        return new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
    }
}
