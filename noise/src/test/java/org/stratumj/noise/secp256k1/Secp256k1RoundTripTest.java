package org.stratumj.noise.secp256k1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.noise.TestVectors;
import org.stratumj.noise.secp256k1.Secp256k1.Side;

/// The two providers against each other, on random keys and messages.
class Secp256k1RoundTripTest {
    private static final long SEED = 324_340L;
    private static final int ROUNDS = 30;

    private final Random random = new Random(SEED);
    private final Secp256k1 library = Secp256k1s.select(Secp256k1Policy.REQUIRE_CONSTANT_TIME, new SecureRandom());
    private final Secp256k1 pureJava = Secp256k1s.select(Secp256k1Policy.PURE_JAVA, new SecureRandom());

    @Test
    void agreeOnEverythingThatIsDeterministic() {
        for (int round = 0; round < ROUNDS; round++) {
            SecretKey secret = SecretKey.of(bytes(32));
            byte[] anyEncoding = bytes(64);
            byte[] message = bytes(random.nextInt(100));
            byte[] auxiliary = bytes(32);
            String context = "seed " + SEED + ", round " + round;

            byte[] publicKey = library.xOnlyPublicKey(secret);
            assertThat(pureJava.xOnlyPublicKey(secret)).as(context).isEqualTo(publicKey);
            assertThat(pureJava.ellswiftDecode(anyEncoding)).as(context).isEqualTo(library.ellswiftDecode(anyEncoding));
            byte[] signature = library.sign(secret, message, auxiliary);
            assertThat(pureJava.sign(secret, message, auxiliary)).as(context).isEqualTo(signature);
            signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            assertThat(library.verify(publicKey, message, signature))
                    .as(context)
                    .isFalse();
            assertThat(pureJava.verify(publicKey, message, signature))
                    .as(context)
                    .isFalse();
        }
    }

    @Test
    @Tag("SEC-007")
    @Tag("SEC-008")
    void encodingsOfOneAreUnderstoodByTheOther() {
        for (int round = 0; round < ROUNDS; round++) {
            String context = "seed " + SEED + ", round " + round;
            SecretKey ours = SecretKey.of(bytes(32));
            SecretKey theirs = SecretKey.of(bytes(32));
            byte[] ourEncoding = library.ellswiftCreate(ours, bytes(32));
            byte[] theirEncoding = pureJava.ellswiftCreate(theirs, bytes(32));
            assertThat(pureJava.ellswiftDecode(ourEncoding)).as(context).isEqualTo(library.xOnlyPublicKey(ours));
            assertThat(library.ellswiftDecode(theirEncoding)).as(context).isEqualTo(library.xOnlyPublicKey(theirs));
            assertThat(library.sharedSecret(ourEncoding, theirEncoding, ours, Side.INITIATOR))
                    .as(context)
                    .isEqualTo(pureJava.sharedSecret(ourEncoding, theirEncoding, theirs, Side.RESPONDER));
            assertThat(library.sharedSecret(theirEncoding, ourEncoding, ours, Side.RESPONDER))
                    .as(context)
                    .isEqualTo(pureJava.sharedSecret(theirEncoding, ourEncoding, theirs, Side.INITIATOR));
        }
    }

    @Test
    void encodingsDifferByTheirRandomness() {
        SecretKey secret = SecretKey.of(bytes(32));
        for (Secp256k1 curve : List.of(library, pureJava)) {
            byte[] auxiliary = bytes(32);
            byte[] encoding = curve.ellswiftCreate(secret, auxiliary);
            assertThat(curve.ellswiftCreate(secret, auxiliary)).isEqualTo(encoding);
            assertThat(curve.ellswiftCreate(secret, bytes(32))).isNotEqualTo(encoding);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    @Tag("SEC-007")
    void bothRefuseNumbersThatAreNoSecrets(String digits) {
        SecretKey secret = SecretKey.of(TestVectors.hex(digits));
        for (Secp256k1 curve : List.of(library, pureJava)) {
            assertThat(curve.isValid(secret)).as(curve.name()).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> curve.xOnlyPublicKey(secret));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.ellswiftCreate(secret, bytes(32)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> curve.sharedSecret(bytes(64), bytes(64), secret, Side.RESPONDER));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.sign(secret, bytes(32), bytes(32)));
        }
    }

    @ParameterizedTest
    @MethodSource("org.stratumj.noise.secp256k1.Secp256k1VectorsTest#providers")
    @Tag("TYP-012")
    @Tag("SEC-006")
    void refusesWrongSizes(Secp256k1 curve) {
        SecretKey secret = SecretKey.of(bytes(32));
        for (int size : List.of(0, 31, 33, 63, 65)) {
            byte[] wrong = bytes(size);
            assertThatIllegalArgumentException().isThrownBy(() -> curve.ellswiftCreate(secret, wrong));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.ellswiftDecode(wrong));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> curve.sharedSecret(wrong, bytes(64), secret, Side.INITIATOR));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> curve.sharedSecret(bytes(64), wrong, secret, Side.INITIATOR));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.sign(secret, bytes(32), wrong));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.verify(wrong, bytes(32), bytes(64)));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.verify(bytes(32), bytes(32), wrong));
        }
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
