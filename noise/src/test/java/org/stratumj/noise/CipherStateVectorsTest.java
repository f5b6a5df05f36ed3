package org.stratumj.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.noise.TestVectors.hex;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.noise.aead.Aead;

/// RFC 8439 and Wycheproof, as far as their nonces begin with four zero bytes, as all of Noise do.
@ParameterizedClass(name = "{0}")
@MethodSource("providers")
class CipherStateVectorsTest {
    private static final String NOISE_NONCE = "00000000[0-9a-f]{16}";

    private final Aead aead;

    CipherStateVectorsTest(Aead aead) {
        this.aead = aead;
    }

    static Stream<Named<Aead>> providers() {
        return CipherStateTest.providers();
    }

    @Test
    @Tag("SEC-005")
    @Tag("SEC-011")
    void agreesWithRfc8439() {
        List<Map<String, String>> cases = withNoiseNonce("rfc8439_aead.json", "nonce");
        assertThat(cases).hasSize(1);
        for (Map<String, String> fields : cases) {
            byte[] key = hex(fields.get("key"));
            byte[] associatedData = hex(fields.get("associated_data"));
            assertAgrees(
                    fields,
                    key,
                    fields.get("nonce"),
                    associatedData,
                    hex(fields.get("plaintext")),
                    hex(fields.get("ciphertext") + fields.get("tag")));
        }
    }

    @Test
    @Tag("SEC-005")
    @Tag("SEC-011")
    void agreesWithWycheproof() {
        List<Map<String, String>> cases = withNoiseNonce("chacha20_poly1305_test.json", "iv");
        assertThat(cases).hasSize(10).allMatch(fields -> fields.get("result").equals("valid"));
        for (Map<String, String> fields : cases) {
            assertAgrees(
                    fields,
                    hex(fields.get("key")),
                    fields.get("iv"),
                    hex(fields.get("aad")),
                    hex(fields.get("msg")),
                    hex(fields.get("ct") + fields.get("tag")));
        }
    }

    private static List<Map<String, String>> withNoiseNonce(String file, String nonce) {
        return TestVectors.flatObjects(file, nonce).stream()
                .filter(fields -> fields.get(nonce).matches(NOISE_NONCE))
                .toList();
    }

    private void assertAgrees(
            Map<String, String> fields,
            byte[] key,
            String nonce,
            byte[] associatedData,
            byte[] plaintext,
            byte[] ciphertext) {
        long counter =
                ByteBuffer.wrap(hex(nonce)).order(ByteOrder.LITTLE_ENDIAN).getLong(4);
        byte[] sealed = new byte[ciphertext.length];
        CipherState.startingAt(counter, key, aead).seal(associatedData, plaintext, 0, plaintext.length, sealed, 0);
        assertThat(sealed).as("%s", fields).isEqualTo(ciphertext);
        byte[] opened = new byte[plaintext.length];
        CipherState receiver = CipherState.startingAt(counter, key, aead);
        assertThat(receiver.open(new byte[] {1}, ciphertext, 0, ciphertext.length, opened, 0))
                .as("other associated data, %s", fields)
                .isFalse();
        assertThat(receiver.open(associatedData, ciphertext, 0, ciphertext.length, opened, 0))
                .as("%s", fields)
                .isTrue();
        assertThat(opened).as("%s", fields).isEqualTo(plaintext);
    }
}
