package org.stratumj.noise.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.noise.TestVectors.hex;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.noise.TestVectors;

/// Each provider against RFC 8439 and Wycheproof, with every nonce of 12 bytes.
class AeadVectorsTest {
    enum Provider {
        LIBSODIUM {
            @Override
            AeadKey key(byte[] bytes, int noncePrefix) {
                return new NativeAeadKey(bytes, noncePrefix);
            }
        },
        JDK {
            @Override
            AeadKey key(byte[] bytes, int noncePrefix) {
                return new JdkAeadKey(bytes, noncePrefix);
            }
        };

        abstract AeadKey key(byte[] bytes, int noncePrefix);
    }

    @BeforeAll
    static void letLibsodiumChooseItsCode() {
        assertThat(Aeads.best().name()).isEqualTo("libsodium");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("SEC-005")
    void agreesWithRfc8439(Provider provider) {
        List<Map<String, String>> cases = TestVectors.flatObjects("rfc8439_aead.json", "section");
        assertThat(cases).extracting(fields -> fields.get("section")).containsExactly("2.8.2", "A.5");
        for (Map<String, String> fields : cases) {
            var message = new Message(
                    fields.get("key"),
                    fields.get("nonce"),
                    fields.get("associated_data"),
                    fields.get("ciphertext") + fields.get("tag"));
            assertThat(message.sealed(provider, hex(fields.get("plaintext")))).isEqualTo(message.ciphertext);
            assertThat(message.opened(provider)).isEqualTo(hex(fields.get("plaintext")));
        }
    }

    /// Other lengths of the nonce are not to be expressed, so those cases cannot go wrong.
    @ParameterizedTest
    @EnumSource
    @Tag("SEC-005")
    @Tag("SEC-012")
    void agreesWithWycheproof(Provider provider) {
        List<Map<String, String>> cases = TestVectors.flatObjects("chacha20_poly1305_test.json", "tcId").stream()
                .filter(fields -> fields.get("iv").length() == 24)
                .toList();
        assertThat(cases).hasSize(316);
        for (Map<String, String> fields : cases) {
            var message = new Message(
                    fields.get("key"), fields.get("iv"), fields.get("aad"), fields.get("ct") + fields.get("tag"));
            boolean valid = fields.get("result").equals("valid");
            if (valid) {
                assertThat(message.sealed(provider, hex(fields.get("msg"))))
                        .as("%s", fields)
                        .isEqualTo(message.ciphertext);
            }
            assertThat(message.opened(provider)).as("%s", fields).isEqualTo(valid ? hex(fields.get("msg")) : null);
        }
        assertThat(cases).extracting(fields -> fields.get("result")).contains("valid", "invalid");
    }

    private static final class Message {
        private final byte[] key;
        private final int noncePrefix;
        private final long counter;
        private final byte[] associatedData;
        private final byte[] ciphertext;

        Message(String key, String nonce, String associatedData, String ciphertext) {
            ByteBuffer bytes = ByteBuffer.wrap(hex(nonce)).order(ByteOrder.LITTLE_ENDIAN);
            this.key = hex(key);
            this.noncePrefix = bytes.getInt();
            this.counter = bytes.getLong();
            this.associatedData = hex(associatedData);
            this.ciphertext = hex(ciphertext);
        }

        byte[] sealed(Provider provider, byte[] plaintext) {
            byte[] sealed = new byte[plaintext.length + Aead.TAG_BYTES];
            provider.key(key, noncePrefix).seal(counter, associatedData, plaintext, 0, plaintext.length, sealed, 0);
            return sealed;
        }

        /// The plaintext; null if it is not authentic.
        byte[] opened(Provider provider) {
            byte[] opened = new byte[ciphertext.length - Aead.TAG_BYTES];
            boolean authentic = provider.key(key, noncePrefix)
                    .open(counter, associatedData, ciphertext, 0, ciphertext.length, opened, 0);
            return authentic ? opened : null;
        }
    }
}
