package org.stratumj.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.noise.TestVectors.hex;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.noise.aead.Aeads;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1.Side;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.noise.secp256k1.SecretKey;

/// A whole handshake whose keys and encodings are fixed, with every value on the way, on both providers of the curve.
class HandshakeVectorsTest {
    private static final Map<String, String> VECTOR = TestVectors.flatJson("sv2_noise_handshake.json");
    private static final Instant NOW = Instant.ofEpochSecond(1_700_001_000);

    static Stream<Secp256k1> providers() {
        SecureRandom random = new SecureRandom();
        return Stream.of(
                Secp256k1s.select(Secp256k1Policy.REQUIRE_CONSTANT_TIME, random),
                Secp256k1s.select(Secp256k1Policy.PURE_JAVA, random));
    }

    @ParameterizedTest
    @MethodSource("providers")
    @Tag("SEC-005")
    @Tag("SEC-013")
    @Tag("SEC-014")
    @Tag("SEC-015")
    @Tag("SEC-016")
    @Tag("SEC-017")
    @Tag("SEC-019")
    @Tag("SEC-022")
    void passesThroughEveryIntermediateValue(Secp256k1 curve) {
        // each provider of the curve with another one of the cipher, so that both are seen
        SymmetricState state = new SymmetricState(curve.constantTime() ? Aeads.best() : Aeads.jdk());
        assertThat(state.chainingKey()).isEqualTo(value("ck0"));
        assertThat(state.hash()).isEqualTo(value("h0"));

        state.mixHash(value("act1"));
        state.mixHash(new byte[0]);
        assertThat(state.hash()).isEqualTo(value("h_after_act1"));

        state.mixHash(value("responder_ephemeral_ellswift"));
        byte[] ee = curve.sharedSecret(
                value("initiator_ephemeral_ellswift"),
                value("responder_ephemeral_ellswift"),
                secret("responder_ephemeral_priv"),
                Side.RESPONDER);
        assertThat(ee).isEqualTo(value("ecdh_ee"));
        state.mixKey(ee);
        assertThat(ee).as("key material after its use").containsOnly(0);
        assertThat(state.chainingKey()).isEqualTo(value("ck_after_ee"));

        assertThat(state.encryptAndHash(value("responder_static_ellswift"))).isEqualTo(value("enc_static"));
        assertThat(state.hash()).isEqualTo(value("h_after_static"));

        byte[] es = curve.sharedSecret(
                value("initiator_ephemeral_ellswift"),
                value("responder_static_ellswift"),
                secret("responder_static_priv"),
                Side.RESPONDER);
        assertThat(es).isEqualTo(value("ecdh_es"));
        state.mixKey(es);
        assertThat(state.chainingKey()).isEqualTo(value("ck_after_es"));

        byte[] act2 = value("act2");
        assertThat(state.encryptAndHash(value("signature_noise_message")))
                .isEqualTo(Arrays.copyOfRange(act2, 144, 234));
        assertThat(state.hash()).isEqualTo(value("h_final"));
    }

    @ParameterizedTest
    @MethodSource("providers")
    @Tag("SEC-013")
    @Tag("SEC-014")
    @Tag("SEC-016")
    void derivesTheIntermediateKeys(Secp256k1 curve) {
        byte[] sealed = new byte[64 + CipherState.TAG_BYTES];
        CipherState.of(value("k_after_ee"))
                .seal(associatedDataOfStatic(), value("responder_static_ellswift"), 0, 64, sealed, 0);
        assertThat(sealed).isEqualTo(value("enc_static"));
        byte[] sealedCertificate = new byte[Certificate.BYTES + CipherState.TAG_BYTES];
        CipherState.of(value("k_after_es"))
                .seal(
                        value("h_after_static"),
                        value("signature_noise_message"),
                        0,
                        Certificate.BYTES,
                        sealedCertificate,
                        0);
        assertThat(sealedCertificate).isEqualTo(Arrays.copyOfRange(value("act2"), 144, 234));
        assertThat(curve.ellswiftDecode(value("responder_static_ellswift"))).isEqualTo(value("responder_static_xonly"));
    }

    @ParameterizedTest
    @MethodSource("providers")
    @Tag("SEC-006")
    @Tag("SEC-023")
    @Tag("SEC-028")
    @Tag("SEC-029")
    void certificateIsTheOneSigned(Secp256k1 curve) {
        Certificate certificate = Certificate.parse(value("signature_noise_message"));
        assertThat(certificate.version()).isEqualTo(Integer.parseInt(VECTOR.get("cert_version")));
        assertThat(certificate.validFrom()).isEqualTo(Long.parseLong(VECTOR.get("cert_valid_from")));
        assertThat(certificate.notValidAfter()).isEqualTo(Long.parseLong(VECTOR.get("cert_not_valid_after")));
        assertThat(certificate.signature()).isEqualTo(value("cert_signature"));
        assertThat(Sha256.hash(value("cert_signed_bytes"))).isEqualTo(value("cert_m"));
        assertThat(curve.xOnlyPublicKey(secret("authority_priv"))).isEqualTo(value("authority_pub_xonly"));
        certificate.verify(value("responder_static_xonly"), policy(), NOW, curve);
    }

    @ParameterizedTest
    @MethodSource("providers")
    @Tag("SEC-006")
    @Tag("SEC-020")
    @Tag("SEC-021")
    @Tag("SEC-022")
    @Tag("SEC-024")
    @Tag("SEC-025")
    @Tag("SEC-030")
    void bothSidesReproduceTheActsAndTheFrames(Secp256k1 curve) {
        HandshakeInitiator initiator =
                new HandshakeInitiator(keyPair("initiator_ephemeral"), policy(), curve, InstantSource.fixed(NOW));
        assertThat(initiator.act1()).isEqualTo(value("act1"));

        HandshakeResponder responder = new HandshakeResponder(
                keyPair("responder_static"),
                now -> Certificate.parse(value("signature_noise_message")),
                curve,
                InstantSource.fixed(NOW),
                new SecureRandom());
        HandshakeResponder.Completed server = responder.respond(initiator.act1(), keyPair("responder_ephemeral"));
        assertThat(server.act2()).isEqualTo(value("act2"));

        HandshakeInitiator.Completed client = initiator.readAct2(server.act2());
        assertThat(client.serverKey()).isEqualTo(value("responder_static_xonly"));
        assertThat(client.certificate().bytes()).isEqualTo(value("signature_noise_message"));

        byte[] request = value("i2r_frame0_plain");
        byte[] requestWire = sealedFrame(client.ciphers().send(), request);
        assertThat(requestWire).isEqualTo(value("i2r_frame0_wire"));
        assertThat(openedFrame(server.ciphers().receive(), requestWire)).isEqualTo(request);
        assertThat(sealedFrame(CipherState.of(value("k_initiator_to_responder")), request))
                .isEqualTo(value("i2r_frame0_wire"));

        byte[] answer = value("r2i_frame0_plain");
        byte[] answerWire = sealedFrame(server.ciphers().send(), answer);
        assertThat(answerWire).isEqualTo(value("r2i_frame0_wire"));
        assertThat(openedFrame(client.ciphers().receive(), answerWire)).isEqualTo(answer);
        assertThat(sealedFrame(CipherState.of(value("k_responder_to_initiator")), answer))
                .isEqualTo(value("r2i_frame0_wire"));

        byte[] big = sealedFrame(server.ciphers().send(), bigFrame());
        assertThat(big).hasSize(Integer.parseInt(VECTOR.get("r2i_frame1_wire_len")));
        assertThat(Sha256.hash(big)).isEqualTo(value("r2i_frame1_wire_sha256"));
        assertThat(server.ciphers().send().nonce()).isEqualTo(Long.parseLong(VECTOR.get("r2i_nonce_after")));
    }

    /// Header and payload apart, the payload in blocks: as a frame travels (spec 04 §4.6).
    private static byte[] sealedFrame(CipherState cipher, byte[] frame) {
        byte[] wire = new byte[frame.length + 4 * CipherState.TAG_BYTES];
        int written = cipher.seal(frame, 0, 6, wire, 0);
        for (int offset = 6; offset < frame.length; offset += CipherState.PLAINTEXT_BYTES_MAX) {
            int length = Math.min(CipherState.PLAINTEXT_BYTES_MAX, frame.length - offset);
            written += cipher.seal(frame, offset, length, wire, written);
        }
        return Arrays.copyOf(wire, written);
    }

    private static byte[] openedFrame(CipherState cipher, byte[] wire) {
        byte[] frame = new byte[wire.length - 2 * CipherState.TAG_BYTES];
        cipher.open(wire, 0, 22, frame, 0);
        cipher.open(wire, 22, wire.length - 22, frame, 6);
        return frame;
    }

    private static byte[] bigFrame() {
        byte[] frame = new byte[6 + 65520];
        frame[2] = 0x74;
        frame[3] = (byte) 0xf0;
        frame[4] = (byte) 0xff;
        for (int i = 0; i < 65520; i++) {
            frame[6 + i] = (byte) (i % 251);
        }
        return frame;
    }

    private static byte[] associatedDataOfStatic() {
        return Sha256.hash(value("h_after_act1"), value("responder_ephemeral_ellswift"));
    }

    private static CertificatePolicy policy() {
        return CertificatePolicy.trusting(AuthorityPublicKey.of(value("authority_pub_xonly")));
    }

    private static StaticKeyPair keyPair(String name) {
        return StaticKeyPair.withEncoding(secret(name + "_priv"), value(name + "_ellswift"));
    }

    private static SecretKey secret(String name) {
        return SecretKey.of(value(name));
    }

    private static byte[] value(String name) {
        return hex(VECTOR.get(name));
    }
}
