package org.stratumj.it.sri;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The files in `vectors`, which were made without SRI, held against it.
final class VectorCases {
    /// Bytes that SRI prints of a byte string.
    private static final int BYTES_PRINTED_MAX = 32;

    private static final int WORKER_IDENTITY = 0x0002;

    /// Fields that have another name in SRI than in the specification.
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "SetCustomMiningJob.mining_job_token", "token",
            "SetCustomMiningJob.coinbase_tx_input_nSequence", "coinbase_tx_input_n_sequence",
            "AllocateMiningJobToken.Success.coinbase_tx_outputs", "coinbase_outputs",
            "SetNewPrevHash.nBits", "n_bits");

    /// What SRI prints for the one number that is a word there.
    private static final List<String> PROTOCOLS =
            List.of("MiningProtocol", "JobDeclarationProtocol", "TemplateDistributionProtocol");

    private static final String SUBPROTOCOL = "^(Common|Mining|JobDeclaration|TemplateDistribution|Extensions)\\(.*";

    private VectorCases() {}

    static List<SriCase> all() {
        return List.of(
                SriCase.agrees("vector of the handshake: SRI is the responder", VectorCases::responds),
                SriCase.agrees("vector of the handshake: SRI is the initiator", VectorCases::initiates),
                SriCase.agrees("golden frames: SRI makes the same bytes", VectorCases::goldenBytes),
                SriCase.agrees("golden frames: SRI reads the same names and values", VectorCases::goldenValues));
    }

    private static String responds(Stage stage) throws IOException {
        var vector = vector("noise/sv2_noise_handshake.json");
        var large = largeFrame();
        var seen = stage.replay(
                "responder",
                List.of(
                        "now=" + text(vector, "cert_valid_from"),
                        "validity=3600",
                        "authority=" + text(vector, "authority_priv"),
                        "keys=" + text(vector, "responder_ephemeral_priv") + text(vector, "responder_static_priv"),
                        "encodings=" + text(vector, "responder_ephemeral_ellswift")
                                + text(vector, "responder_static_ellswift"),
                        "act1=" + text(vector, "act1"),
                        "receive=" + text(vector, "i2r_frame0_wire"),
                        "send=" + text(vector, "r2i_frame0_plain"),
                        "send=" + large));
        assertThat(seen).hasSize(4);
        assertThat(seen.get(0)).isEqualTo("act2 " + text(vector, "act2"));
        assertThat(seen.get(1)).isEqualTo("received " + text(vector, "i2r_frame0_plain"));
        assertThat(seen.get(2)).isEqualTo("sent " + text(vector, "r2i_frame0_wire"));
        var wire = HexFormat.of().parseHex(seen.get(3).substring("sent ".length()));
        assertThat(wire).hasSize(vector.get("r2i_frame1_wire_len").asInt());
        assertThat(HexFormat.of().formatHex(HandshakeCases.sha256(wire)))
                .isEqualTo(text(vector, "r2i_frame1_wire_sha256"));
        return "act 2, and three frames, of which one has two blocks";
    }

    private static String initiates(Stage stage) throws IOException {
        var vector = vector("noise/sv2_noise_handshake.json");
        var seen = stage.replay(
                "initiator",
                List.of(
                        "now=" + text(vector, "cert_valid_from"),
                        "authority=" + text(vector, "authority_pub_xonly"),
                        "keys=" + text(vector, "initiator_ephemeral_priv"),
                        "encodings=" + text(vector, "initiator_ephemeral_ellswift"),
                        "act2=" + text(vector, "act2"),
                        "receive=" + text(vector, "r2i_frame0_wire"),
                        "send=" + text(vector, "i2r_frame0_plain")));
        assertThat(seen)
                .containsExactly(
                        "act1 " + text(vector, "act1"),
                        "received " + text(vector, "r2i_frame0_plain"),
                        "sent " + text(vector, "i2r_frame0_wire"));
        return "act 1, the certificate, and two frames";
    }

    /// The payload of the vector's third frame is described, not listed.
    private static String largeFrame() {
        var payload = new byte[65_520];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i % 251);
        }
        var frame = new Frame(new FrameHeader(0, false, 0x74, payload.length), Bytes.of(payload));
        return HexFormat.of().formatHex(frame.bytes());
    }

    private static String goldenBytes(Stage stage) throws IOException {
        var plain = stage.connect("plain", "reencode");
        var withTlvs = stage.connect("plain", "tlvs");
        int frames = 0;
        for (var entry : vector("frames/golden-frames.json").get("frames")) {
            var frame = frame(entry, "frame");
            boolean extended = entry.has("tlvs") && !entry.get("tlvs").isEmpty();
            if (!extended || onlyKnownTlvs(entry)) {
                assertThat((extended ? withTlvs : plain).exchange(frame))
                        .as(entry.toString())
                        .isEqualTo(frame);
                frames++;
            }
        }
        return frames + " frames";
    }

    private static boolean onlyKnownTlvs(JsonNode entry) {
        return entry.get("tlvs")
                .valueStream()
                .allMatch(tlv -> tlv.get("extension_type").asInt() == WORKER_IDENTITY);
    }

    private static String goldenValues(Stage stage) throws IOException {
        var wire = stage.connect("plain", "describe");
        int fields = 0;
        for (var entry : vector("frames/golden-frames.json").get("frames")) {
            var printed = Refusal.description(wire.exchange(frame(entry, "frame")));
            var message = entry.get("message").asString();
            assertThat(printed).containsPattern(SUBPROTOCOL + "\\b" + message.replace(".", "") + " \\{");
            for (var field : entry.get("fields")) {
                assertThat(printed).as(entry.toString()).containsPattern(asPrinted(message, field));
                fields++;
            }
        }
        return fields + " fields";
    }

    private static Pattern asPrinted(String message, JsonNode field) {
        var specName = field.get("name").asString();
        var name = OTHER_NAMES.getOrDefault(message + "." + specName, specName);
        return Pattern.compile("\\b" + name + ": " + valueAsPrinted(specName, field));
    }

    private static String valueAsPrinted(String name, JsonNode field) {
        var value = field.get("value");
        if (name.equals("protocol")) {
            return PROTOCOLS.get(value.asInt()) + "\\b";
        }
        return switch (field.get("type").asString()) {
            case "U8", "U16", "U24", "U32", "U64", "BOOL" -> value.asString() + "\\b";
            case "F32" -> Pattern.quote(new BigDecimal(Float.toString(value.floatValue())).toPlainString());
            case "STR0_255" -> bytes(value.asString().getBytes(StandardCharsets.UTF_8));
            case "U256", "B0_32", "B0_255", "B0_64K", "B0_16M" ->
                bytes(HexFormat.of().parseHex(value.asString()));
            default -> "\\w+\\("; // an option or a sequence
        };
    }

    private static String bytes(byte[] bytes) {
        int shown = Math.min(bytes.length, BYTES_PRINTED_MAX);
        return "Inner \\{ len: " + bytes.length + ", data: " + HexFormat.of().formatHex(bytes, 0, shown);
    }

    static Frame frame(JsonNode entry, String member) {
        var bytes = HexFormat.of().parseHex(entry.get(member).asString());
        return new Frame(
                FrameHeader.parse(bytes, 0), Bytes.of(bytes, FrameHeader.SIZE, bytes.length - FrameHeader.SIZE));
    }

    static JsonNode vector(String file) throws IOException {
        try (var stream = VectorCases.class.getResourceAsStream("/vectors/" + file)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(stream, file));
        }
    }

    private static String text(JsonNode vector, String name) {
        return vector.get(name).asString();
    }
}
