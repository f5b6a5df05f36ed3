package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.json.JsonException;
import org.stratumj.json.JsonView;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload;
import org.stratumj.protocol.layout.RandomPayload.Length;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;

/// The JSON form of frames. The input is a JSON text, or a frame. A text is refused in one line that names the place,
/// or describes a frame; a frame is the same again after it was shown and read, up to the meaningless bits of a BOOL.
class JsonViewFuzzTest {
    private static final MessageRegistry REGISTRY = MessageRegistry.core();
    private static final JsonView VIEW = JsonView.of(REGISTRY);
    private static final long SEED = 20_261_120L;

    static Stream<byte[]> seeds() {
        var frames = REGISTRY.layouts().stream().map(JsonViewFuzzTest::seed);
        var texts = REGISTRY.layouts().stream()
                .map(layout -> VIEW.withWire().text(frame(layout)))
                .map(text -> ("\0" + text).getBytes(StandardCharsets.UTF_8));
        var odd = Stream.of(
                        "{\"extension_type\":0,\"channel_msg\":true,\"msg_type\":255,\"payload\":\"00ff\"}",
                        "{\"extension_type\":0,\"channel_msg\":true,\"msg_type\":27,\"tlvs\":[],\"trailing\":\"\"}",
                        "{\"a\":1e999999999,\"b\":1E-2147483648,\"a\":[[[[[[[[[",
                        "")
                .map(text -> ("\0" + text).getBytes(StandardCharsets.UTF_8));
        return Stream.of(frames, texts, odd).flatMap(each -> each);
    }

    @MethodSource("seeds")
    @FuzzTest
    void isTheSameAgainAfterReading(byte[] data) {
        var in = new Input(data);
        if (in.flag()) {
            requireFrame(in.rest());
        } else {
            requireText(new String(in.rest(), StandardCharsets.UTF_8));
        }
    }

    private static void requireText(String text) {
        Frame frame;
        try {
            frame = VIEW.frame(text);
        } catch (JsonException refused) {
            requireOneLine(refused.getMessage());
            requireOneLine(refused.path());
            return;
        }
        requireEqual(frame, requireShown(frame), "frame of a text, shown and read");
        try {
            requireEqual(REGISTRY.decode(frame), VIEW.message(text), "message of a text");
        } catch (DecodeException refused) {
            return;
        }
    }

    private static void requireFrame(byte[] data) {
        if (data.length < FrameHeader.SIZE) {
            return;
        }
        var announced = FrameHeader.parse(data, 0);
        var payload = Bytes.of(data, FrameHeader.SIZE, data.length - FrameHeader.SIZE);
        var frame = new Frame(
                new FrameHeader(
                        announced.extensionType(), announced.channelMessage(), announced.messageType(), payload.size()),
                payload);
        try {
            var shown = requireShown(frame);
            requireEqual(frame.header(), shown.header(), "header");
            requireEqual(shown, requireShown(shown), "frame without meaningless bits");
            requireEqual(decoded(frame), decoded(shown), "message in it");
        } catch (DecodeException refused) {
            requireEqual("refused", decoded(frame), "what cannot be shown");
        }
        requireEqual(frame, VIEW.frame(VIEW.raw(frame)), "raw frame");
    }

    private static Frame requireShown(Frame frame) {
        var text = VIEW.text(frame);
        requireOneLine(text);
        requireEqual(VIEW.frame(text), VIEW.frame(VIEW.withWire().text(frame)), "with and without its wire");
        return VIEW.frame(text);
    }

    private static Object decoded(Frame frame) {
        try {
            return REGISTRY.decode(frame);
        } catch (DecodeException refused) {
            return "refused";
        }
    }

    private static void requireOneLine(String text) {
        require(text.chars().allMatch(c -> c >= ' ' && c <= '~'), "one line of printable ASCII");
    }

    private static byte[] seed(Layout layout) {
        var bytes = frame(layout).bytes();
        var seed = new byte[1 + bytes.length];
        seed[0] = 1;
        System.arraycopy(bytes, 0, seed, 1, bytes.length);
        return seed;
    }

    private static Frame frame(Layout layout) {
        var payload = RandomPayload.of(layout, Length.RANDOM, new Random(SEED));
        var header =
                new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
        return new Frame(header, Bytes.of(payload));
    }
}
