package org.stratumj.it.sri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload.Length;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import tools.jackson.databind.JsonNode;

/// Frames that no honest peer sends, or that mean the same as others.
final class OddCases {
    private static final int TRAILING_BYTES = 300;

    private OddCases() {}

    static List<SriCase> all() {
        return List.of(
                SriCase.agrees("odd frames: SRI refuses the same", OddCases::refusesTheSame),
                SriCase.agrees("odd frames: SRI understands the same", OddCases::understandsTheSame),
                SriCase.agrees("every message cut short anywhere is refused", OddCases::refusesCutShort),
                SriCase.agrees("bytes after the last field of every message are ignored", OddCases::ignoresTrailing),
                SriCase.agrees("a wrong channel bit on every message is overlooked", OddCases::overlooksChannelBit),
                SriCase.agrees("an unknown extension is no message to SRI, and kept by us", OddCases::unknownExtension),
                SriCase.differs("F32 that is no number, infinite or negative: SRI takes it", OddCases::takesAnyFloat),
                SriCase.differs("SetupConnection for an unknown subprotocol: SRI refuses it", OddCases::protocol));
    }

    private static String refusesTheSame(Stage stage) throws IOException {
        var wire = stage.connect("plain", "reencode");
        int refused = 0;
        for (var entry : odd()) {
            if (entry.has("refused") && !entry.has("negotiated") && !isFloat(entry)) {
                assertThat(Refusal.in(wire.exchange(VectorCases.frame(entry, "frame"))))
                        .as(entry.toString())
                        .startsWith("BinaryError(");
                refused++;
            }
        }
        return refused + " frames";
    }

    private static String understandsTheSame(Stage stage) throws IOException {
        var wire = stage.connect("plain", "reencode");
        int understood = 0;
        for (var entry : odd()) {
            // SRI drops what follows a share where we keep it; that is among the cases of the extension.
            if (entry.has("means") && !entry.get("message").asString().equals("SubmitSharesExtended")) {
                var means = VectorCases.frame(entry, "means");
                assertThat(wire.exchange(VectorCases.frame(entry, "frame")))
                        .as(entry.toString())
                        .isEqualTo(means);
                understood++;
            }
        }
        return understood + " frames";
    }

    private static String refusesCutShort(Stage stage) throws IOException {
        var wire = stage.connect("plain", "reencode");
        int cuts = 0;
        for (var layout : Samples.layouts()) {
            var payload = Samples.payload(layout, Length.RANDOM, stage.random());
            for (int length = 0; length < payload.length; length += 1 + length / 64) {
                var cut = Samples.frame(layout, Arrays.copyOf(payload, length));
                assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> Samples.reencoded(cut));
                var answer = Refusal.in(wire.exchange(cut));
                assertThat(answer)
                        .as("%s of %d bytes", layout.specName(), length)
                        .startsWith("BinaryError(");
                cuts++;
            }
        }
        return cuts + " frames";
    }

    private static String ignoresTrailing(Stage stage) throws IOException {
        var wire = stage.connect("plain", "reencode");
        var random = stage.random();
        var trailing = new byte[TRAILING_BYTES];
        random.nextBytes(trailing);
        for (var layout : Samples.layouts()) {
            var ordinary = Samples.frame(layout, Length.RANDOM, random);
            var longer = Samples.frame(
                    layout, ordinary.payload().concat(Bytes.of(trailing)).bytes());
            if (!layout.tlvs()) {
                assertThat(Samples.reencoded(longer)).isEqualTo(ordinary);
            }
            assertThat(wire.exchange(longer)).as(layout.specName()).isEqualTo(ordinary);
        }
        return Samples.layouts().size() + " messages";
    }

    private static String overlooksChannelBit(Stage stage) throws IOException {
        var wire = stage.connect("plain", "reencode");
        for (var layout : Samples.layouts()) {
            var ordinary = Samples.frame(layout, Length.RANDOM, stage.random());
            var odd = withOtherChannelBit(ordinary);
            assertThat(Samples.reencoded(odd)).isEqualTo(ordinary);
            assertThat(wire.exchange(odd)).as(layout.specName()).isEqualTo(ordinary);
        }
        return Samples.layouts().size() + " messages";
    }

    private static Frame withOtherChannelBit(Frame frame) {
        var header = frame.header();
        var other = new FrameHeader(
                header.extensionType(), !header.channelMessage(), header.messageType(), header.payloadLength());
        return new Frame(other, frame.payload());
    }

    private static String unknownExtension(Stage stage) throws IOException {
        var wire = stage.connect("plain", "reencode");
        var frame = new Frame(new FrameHeader(0x4abc, true, 0x15, 8), Bytes.ofHex("0700000001020304"));
        assertThat(Samples.reencoded(frame)).isEqualTo(frame);
        assertThat(Refusal.in(wire.exchange(frame))).startsWith("UnexpectedMessage");
        return "kept";
    }

    private static String takesAnyFloat(Stage stage) throws IOException {
        var wire = stage.connect("plain", "reencode");
        var taken = new TreeSet<String>();
        for (var entry : odd()) {
            if (isFloat(entry)) {
                var frame = VectorCases.frame(entry, "frame");
                assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> Samples.reencoded(frame));
                assertThat(wire.exchange(frame)).as(entry.toString()).isEqualTo(frame);
                taken.add(entry.get("case").asString());
            }
        }
        assertThat(taken).isNotEmpty();
        return taken.size() + " frames; we refuse them";
    }

    private static boolean isFloat(JsonNode entry) {
        return entry.has("refused") && entry.get("refused").asString().equals("float out of range");
    }

    private static String protocol(Stage stage) throws IOException {
        var wire = stage.connect("plain", "reencode");
        var payload = Samples.payload(setupConnection(), Length.SHORTEST, stage.random());
        payload[0] = 3;
        var frame = Samples.frame(setupConnection(), payload);
        var ours = (SetupConnection) Samples.REGISTRY.decode(frame);
        assertThat(ours.protocol()).isEqualTo(3);
        assertThat(Refusal.in(wire.exchange(frame))).isEqualTo("BinaryError(ValueIsNotAValidProtocol(3))");
        return "we answer SetupConnection.Error";
    }

    private static Layout setupConnection() {
        return Samples.REGISTRY.layout(0, 0).orElseThrow();
    }

    private static JsonNode odd() throws IOException {
        return VectorCases.vector("frames/odd-frames.json").get("frames");
    }
}
