package org.stratumj.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.noise.TestVectors.hex;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.noise.secp256k1.SecretKey;

class AuthorityKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 CURVE = Secp256k1s.best(RANDOM);

    /// The example of the specification, 04 §4.7, and the development key that other implementations ship.
    @ParameterizedTest
    @CsvSource({
        "76637000979c1c11af0c300bcd8c7fe48610fce9b9c11e3daee35ae0b08a7455,"
                + "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh",
        "24ee3c3804a1aaa4c03b80ea19f7a5863c916e8994b7db94a3bad7ee092b6ce7,"
                + "9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72"
    })
    @Tag("SEC-040")
    @Tag("SEC-006")
    void publicKeyHasTheTextFormOfTheSpecification(String raw, String text) {
        AuthorityPublicKey key = AuthorityPublicKey.of(hex(raw));
        assertThat(key).hasToString(text);
        assertThat(AuthorityPublicKey.parse(text)).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(AuthorityPublicKey.parse(text).bytes()).isEqualTo(hex(raw));
    }

    @Test
    void secretKeyHasTheTextFormThatOthersUse() {
        String text = "mkDLTBBRxdBv998612qipDYoTK3YUrqLe8uWw7gu3iXbSrn2n";
        AuthoritySecretKey key = AuthoritySecretKey.parse(text, CURVE);
        assertThat(key.secretText()).isEqualTo(text);
        assertThat(key.publicKey(CURVE)).hasToString("9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXg | authority key: the checksum is wrong",
                "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRX | authority key: the checksum is wrong",
                "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRX0 | authority key: character 51 is not base58",
                "mkDLTBBRxdBv998612qipDYoTK3YUrqLe8uWw7gu3iXbSrn2n | authority key: 32 bytes, not 34",
                "'' | authority key: too short",
                "111 | authority key: too short"
            })
    void refusesWhatIsNotAnAuthorityKey(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorityPublicKey.parse(text))
                .withMessageStartingWith(message);
    }

    @Test
    @Tag("SEC-040")
    void refusesAnotherKeyVersion() {
        byte[] payload = new byte[34];
        payload[0] = 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorityPublicKey.parse(Base58Check.encode(payload)))
                .withMessageContaining("version");
    }

    @Test
    void boundsTheTextBeforeItComputes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorityPublicKey.parse("2".repeat(129)))
                .withMessageContaining("128");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorityPublicKey.parse("2".repeat(128)))
                .withMessageContaining("checksum");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
    })
    void refusesSecretsThatAreNoKeys(String raw) {
        String text = Base58Check.encode(hex(raw));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthoritySecretKey.parse(text, CURVE))
                .withMessageContaining("n − 1");
        SecretKey secret = SecretKey.of(hex(raw));
        assertThatIllegalArgumentException().isThrownBy(() -> StaticKeyPair.of(secret, CURVE, RANDOM));
    }

    @Test
    void secretNeverShowsInTextOrErrors() {
        String text = "mkDLTBBRxdBv998612qipDYoTK3YUrqLe8uWw7gu3iXbSrn2n";
        AuthoritySecretKey key = AuthoritySecretKey.parse(text, CURVE);
        assertThat(key).hasToString("AuthoritySecretKey[redacted]");
        assertThat(StaticKeyPair.generate(CURVE, RANDOM)).hasToString("StaticKeyPair[redacted]");
        assertThatThrownBy(() -> AuthoritySecretKey.parse(text.substring(1), CURVE))
                .hasMessageNotContaining(text.substring(1, 8));
        assertThatThrownBy(() -> AuthoritySecretKey.parse("9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh", CURVE))
                .hasMessage("authority secret key: 34 bytes, not 32");
    }

    @Test
    void secretIsErased() {
        AuthoritySecretKey key = AuthoritySecretKey.generate(CURVE, RANDOM);
        assertThat(key).isEqualTo(AuthoritySecretKey.parse(key.secretText(), CURVE));
        assertThat(key).isNotEqualTo(AuthoritySecretKey.generate(CURVE, RANDOM));
        key.destroy();
        assertThatIllegalStateException().isThrownBy(key::secretText);
        assertThatIllegalStateException().isThrownBy(() -> key.publicKey(CURVE));
        assertThatIllegalStateException().isThrownBy(() -> key.sign(new byte[32], CURVE, RANDOM));
    }

    @Test
    void base58CheckKeepsEveryByte() {
        Random random = new Random(58);
        for (int i = 0; i < 500; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            Arrays.fill(payload, 0, Math.min(payload.length, random.nextInt(4)), (byte) 0);
            assertThat(Base58Check.decode(Base58Check.encode(payload)))
                    .as("seed 58, round %d", i)
                    .isEqualTo(payload);
        }
    }
}
