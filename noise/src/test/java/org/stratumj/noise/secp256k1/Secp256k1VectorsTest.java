package org.stratumj.noise.secp256k1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.noise.TestVectors.hex;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.noise.TestVectors;
import org.stratumj.noise.secp256k1.Secp256k1.Side;

/// Both providers against the vectors of BIP 324 and BIP 340.
class Secp256k1VectorsTest {

    static Stream<Secp256k1> providers() {
        SecureRandom random = new SecureRandom();
        return Stream.of(
                Secp256k1s.select(Secp256k1Policy.REQUIRE_CONSTANT_TIME, random),
                Secp256k1s.select(Secp256k1Policy.PURE_JAVA, random));
    }

    @ParameterizedTest
    @MethodSource("providers")
    @Tag("SEC-006")
    void decodesEveryEncoding(Secp256k1 curve) {
        List<Map<String, String>> rows = TestVectors.csv("bip324_ellswift_decode.csv");
        assertThat(rows).hasSize(76);
        for (Map<String, String> row : rows) {
            assertThat(curve.ellswiftDecode(hex(row.get("ellswift"))))
                    .as(row.toString())
                    .isEqualTo(hex(row.get("x")));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    @Tag("SEC-008")
    @Tag("SEC-017")
    void agreesOnTheSharedSecret(Secp256k1 curve) {
        List<Map<String, String>> rows = TestVectors.csv("bip324_packet_encoding.csv");
        assertThat(rows).hasSize(7);
        for (Map<String, String> row : rows) {
            byte[] ours = hex(row.get("in_ellswift_ours"));
            byte[] theirs = hex(row.get("in_ellswift_theirs"));
            SecretKey secret = SecretKey.of(hex(row.get("in_priv_ours")));
            byte[] shared = row.get("in_initiating").equals("1")
                    ? curve.sharedSecret(ours, theirs, secret, Side.INITIATOR)
                    : curve.sharedSecret(theirs, ours, secret, Side.RESPONDER);
            assertThat(shared).as(row.toString()).isEqualTo(hex(row.get("mid_shared_secret")));
            assertThat(curve.xOnlyPublicKey(secret)).isEqualTo(hex(row.get("mid_x_ours")));
            assertThat(curve.ellswiftDecode(ours)).isEqualTo(hex(row.get("mid_x_ours")));
            assertThat(curve.ellswiftDecode(theirs)).isEqualTo(hex(row.get("mid_x_theirs")));
        }
    }

    /// The native library chooses the case itself; its encodings are checked by decoding them elsewhere.
    @Test
    @Tag("SEC-007")
    void findsTheInverseInEveryCase() {
        List<Map<String, String>> rows = TestVectors.csv("bip324_xswiftec_inv.csv");
        assertThat(rows).hasSize(32);
        for (Map<String, String> row : rows) {
            for (int kase = 0; kase < 8; kase++) {
                String expected = row.get("case" + kase + "_t");
                byte[] found = ElligatorSwift.encode(
                                FieldElements.number(hex(row.get("x"))), FieldElements.number(hex(row.get("u"))), kase)
                        .map(FieldElements::bytes)
                        .orElse(new byte[0]);
                assertThat(found).as("case %d of %s", kase, row).isEqualTo(hex(expected));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    @Tag("SEC-005")
    @Tag("SEC-029")
    void signs(Secp256k1 curve) {
        List<Map<String, String>> rows = TestVectors.csv("bip340_schnorr.csv").stream()
                .filter(row -> !row.get("secret key").isEmpty())
                .toList();
        assertThat(rows).hasSize(8);
        for (Map<String, String> row : rows) {
            SecretKey secret = SecretKey.of(hex(row.get("secret key")));
            byte[] signature = curve.sign(secret, hex(row.get("message")), hex(row.get("aux_rand")));
            assertThat(signature).as(row.toString()).isEqualTo(hex(row.get("signature")));
            assertThat(curve.xOnlyPublicKey(secret)).isEqualTo(hex(row.get("public key")));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    @Tag("SEC-005")
    @Tag("SEC-029")
    void verifies(Secp256k1 curve) {
        List<Map<String, String>> rows = TestVectors.csv("bip340_schnorr.csv");
        assertThat(rows).hasSize(19);
        for (Map<String, String> row : rows) {
            boolean holds =
                    curve.verify(hex(row.get("public key")), hex(row.get("message")), hex(row.get("signature")));
            assertThat(holds).as(row.toString()).isEqualTo(Boolean.parseBoolean(row.get("verification result")));
        }
    }

    @Test
    void vectorsContainBothVerdicts() {
        assertThat(TestVectors.csv("bip340_schnorr.csv").stream()
                        .map(row -> row.get("verification result"))
                        .distinct())
                .containsExactlyInAnyOrder("TRUE", "FALSE");
    }
}
