package org.stratumj.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload;
import org.stratumj.protocol.layout.RandomPayload.Length;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;

/// Goal: nothing gets lost between bytes and JSON, for every message. Method: payloads are made from the
/// layouts, shown as text and read back; the bytes have to be the same.
class JsonViewRoundTripTest {
    private static final long SEED = Long.getLong("stratumj.seed", 20_261_120L);
    private static final int ROUNDS = 100;
    private static final MessageRegistry REGISTRY = MessageRegistry.core().with(Shapes.CODECS);
    private static final JsonView VIEW = JsonView.of(REGISTRY);

    static Stream<Layout> layouts() {
        return REGISTRY.layouts().stream();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void keepsRandomPayloads(Layout layout) {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            assertSurvives(frame(layout, RandomPayload.of(layout, Length.RANDOM, random)));
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void keepsTheShortestAndTheLongestPayload(Layout layout) {
        var random = new Random(SEED);
        assertSurvives(frame(layout, RandomPayload.of(layout, Length.SHORTEST, random)));
        assertSurvives(frame(layout, RandomPayload.of(layout, Length.LONGEST, random)));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void keepsWhatFollowsTheLastField(Layout layout) {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var payload = Bytes.of(RandomPayload.of(layout, Length.SHORTEST, random));
            assertSurvives(frame(layout, payload.concat(tail(random)).bytes()));
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void showsGarbageOrSaysWhatIsWrongWithIt(Layout layout) {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            var frame = frame(layout, garbage);
            assertThat(VIEW.frame(JsonText.print(VIEW.raw(frame)))).isEqualTo(frame);
            try {
                var shown = VIEW.frame(VIEW.text(frame));
                assertThat(VIEW.text(shown)).as("seed %d", SEED).isEqualTo(VIEW.text(frame));
            } catch (DecodeException e) {
                assertThat(e.messageName()).as("seed %d", SEED).isEqualTo(layout.specName());
            }
        }
    }

    private static void assertSurvives(Frame frame) {
        var text = VIEW.text(frame);
        assertThat(VIEW.frame(text)).as("seed %d", SEED).isEqualTo(frame);
        assertThat(text.chars()).allMatch(character -> character >= ' ' && character <= '~');
        assertThat(VIEW.frame(VIEW.withWire().text(frame))).isEqualTo(frame);
        assertFieldsCoverThePayload(frame);
    }

    private static void assertFieldsCoverThePayload(Frame frame) {
        var view = VIEW.view(frame).orElseThrow();
        int offset = 0;
        for (var field : view.fields()) {
            assertThat(field.offset()).isEqualTo(offset);
            int end = offset + field.bytes().size();
            assertThat(frame.payload().slice(offset, end)).isEqualTo(field.bytes());
            offset = end;
        }
    }

    /// TLV fields more often than not, else anything.
    private static Bytes tail(RandomGenerator random) {
        var out = new FieldWriter();
        for (int count = random.nextInt(4); count > 0; count--) {
            var value = new byte[random.nextInt(20)];
            random.nextBytes(value);
            out.little(random.nextInt(0x8000), 2);
            out.little(random.nextInt(0x100), 1);
            out.little(value.length, 2);
            out.raw(value);
        }
        var bytes = out.bytes();
        return random.nextInt(3) == 0 ? bytes.concat(Bytes.of(new byte[random.nextInt(5)])) : bytes;
    }

    private static Frame frame(Layout layout, byte[] payload) {
        var header =
                new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
        return new Frame(header, Bytes.of(payload));
    }
}
