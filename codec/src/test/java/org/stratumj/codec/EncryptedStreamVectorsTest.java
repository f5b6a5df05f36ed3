package org.stratumj.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.noise.CipherState;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Bytes;

/// Encrypted frames against bytes computed without this code.
class EncryptedStreamVectorsTest {
    private static final Map<String, String> VECTOR = new HashMap<>();

    @BeforeAll
    static void readVector() throws IOException {
        try (var file =
                EncryptedStreamVectorsTest.class.getResourceAsStream("/vectors/noise/sv2_noise_handshake.json")) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            Pattern.compile("\"(\\w+)\"\\s*:\\s*\"([^\"]*)\"")
                    .matcher(text)
                    .results()
                    .forEach(field -> VECTOR.put(field.group(1), field.group(2)));
        }
    }

    @Test
    @Tag("SEC-030")
    @Tag("SEC-032")
    void encryptsAsTheInitiator() {
        assertThat(encoder("k_initiator_to_responder").encode(frame(hex("i2r_frame0_plain"))))
                .isEqualTo(hex("i2r_frame0_wire"));
    }

    @Test
    @Tag("SEC-031")
    @Tag("SEC-032")
    @Tag("SEC-033")
    @Tag("SEC-034")
    void encryptsAsTheResponderAlsoMoreThanOneBlock() throws NoSuchAlgorithmException {
        var encoder = encoder("k_responder_to_initiator");
        assertThat(encoder.encode(frame(hex("r2i_frame0_plain")))).isEqualTo(hex("r2i_frame0_wire"));
        var second = encoder.encode(largeFrame());
        assertThat(second).hasSize(65574);
        assertThat(MessageDigest.getInstance("SHA-256").digest(second)).isEqualTo(hex("r2i_frame1_wire_sha256"));
    }

    @Test
    @Tag("SEC-034")
    @Tag("SEC-035")
    @Tag("SEC-036")
    void decryptsWhatTheResponderSent() {
        var encoder = encoder("k_responder_to_initiator");
        var decoder = decoder("k_responder_to_initiator");
        encoder.encode(frame(hex("r2i_frame0_plain")));
        assertThat(Streams.feed(decoder, hex("r2i_frame0_wire"))).isEqualTo(List.of(frame(hex("r2i_frame0_plain"))));
        assertThat(Streams.feed(decoder, encoder.encode(largeFrame()))).isEqualTo(List.of(largeFrame()));
    }

    // The sizes that the C function of 04 §4.6 gives, and the largest frame.
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 17", "65519, 65535", "65520, 65552", "131038, 131070", "16777215, 16781327"})
    @Tag("SEC-033")
    @Tag("SEC-036")
    void takesTheBytesThatTheSpecificationSays(int plaintext, int ciphertext) {
        assertThat(EncryptedLayout.payloadCiphertextSize(plaintext)).isEqualTo(ciphertext);
        var frame = Streams.frame(Math.min(plaintext, 200_000), 1);
        assertThat(Streams.ENCRYPTED.encoder().encode(frame))
                .hasSize(Streams.ENCRYPTED.encoder().encodedSize(frame));
    }

    @Test
    void takesExactlyTheBytesOfAnAct() {
        var act2 = hex("act2");
        var bytes = Arrays.copyOf(act2, act2.length + 30);
        for (int split = 0; split <= bytes.length; split++) {
            var gathered = HandshakeBytes.act2();
            int taken = gathered.feed(bytes, 0, split);
            assertThat(gathered.missingBytes()).isEqualTo(Math.max(0, 234 - split));
            taken += gathered.feed(bytes, split, bytes.length - split);
            assertThat(taken).isEqualTo(234);
            assertThat(gathered.act()).isEqualTo(act2);
        }
    }

    @Test
    void hasNoActBeforeTheLastByte() {
        var gathered = HandshakeBytes.act1();
        assertThat(gathered.feed(hex("act1"), 0, 63)).isEqualTo(63);
        assertThat(gathered.isComplete()).isFalse();
        assertThatThrownBy(gathered::act).isInstanceOf(IllegalStateException.class);
        assertThat(gathered.feed(hex("act1"), 63, 1)).isEqualTo(1);
        assertThat(gathered.act()).isEqualTo(hex("act1"));
    }

    private static Frame largeFrame() {
        var payload = new byte[65520];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i % 251);
        }
        return new Frame(new FrameHeader(0, false, 0x74, payload.length), Bytes.of(payload));
    }

    private static Frame frame(byte[] bytes) {
        var header = FrameHeader.parse(bytes, 0);
        return new Frame(header, Bytes.of(bytes, FrameHeader.SIZE, header.payloadLength()));
    }

    private static FrameEncoder encoder(String key) {
        return new EncryptedFrameEncoder(CipherState.of(hex(key)));
    }

    private static FrameDecoder decoder(String key) {
        return new EncryptedFrameDecoder(CipherState.of(hex(key)), Streams.LARGEST);
    }

    private static byte[] hex(String name) {
        return HexFormat.of().parseHex(VECTOR.get(name));
    }
}
