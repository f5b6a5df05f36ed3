package org.stratumj.noise.secp256k1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.noise.TestVectors;

class SecretKeyTest {
    private static final byte[] BYTES =
            TestVectors.hex("61062ea5071d800bbfd59e2e8b53d47d194b095ae5a4df04936b49772ef0d4d7");

    @Test
    void destroyErasesTheMemory() {
        SecretKey key = SecretKey.of(BYTES);
        MemorySegment memory = key.segment();
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(BYTES);
        key.destroy();
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
        assertThat(key.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(key::bytes).withMessageContaining("erased");
    }

    @Test
    void isKeptOutsideTheHeap() {
        assertThat(SecretKey.of(BYTES).segment().isNative()).isTrue();
    }

    @Test
    void erasedKeysAreOfNoUseToAnyProvider() {
        SecretKey key = SecretKey.of(BYTES);
        key.destroy();
        Secp256k1VectorsTest.providers().forEach(curve -> {
            assertThatIllegalStateException().isThrownBy(() -> curve.isValid(key));
            assertThatIllegalStateException().isThrownBy(() -> curve.xOnlyPublicKey(key));
            assertThatIllegalStateException().isThrownBy(() -> curve.ellswiftCreate(key, new byte[32]));
            assertThatIllegalStateException().isThrownBy(() -> curve.sign(key, new byte[32], new byte[32]));
            assertThatIllegalStateException()
                    .isThrownBy(() -> curve.sharedSecret(new byte[64], new byte[64], key, Secp256k1.Side.INITIATOR));
        });
    }

    @Test
    void comparesByValueAndTellsNothing() {
        byte[] other = BYTES.clone();
        other[31] ^= 1;
        assertThat(SecretKey.of(BYTES)).isEqualTo(SecretKey.of(BYTES)).isNotEqualTo(SecretKey.of(other));
        assertThat(SecretKey.of(BYTES)).hasSameHashCodeAs(SecretKey.of(other));
        assertThat(SecretKey.of(BYTES)).hasToString("SecretKey[redacted]");
    }

    @Test
    void keepsItsOwnCopy() {
        byte[] bytes = BYTES.clone();
        SecretKey key = SecretKey.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        assertThat(key.bytes()).isEqualTo(BYTES);
    }

    @Test
    void hasNoOtherSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> SecretKey.of(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> SecretKey.of(new byte[33]));
    }

    /// Randomness that first yields the order of the curve, which is no key.
    @Test
    @Tag("SEC-007")
    void generatesValidKeysOnly() {
        byte[] order = TestVectors.hex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        SecureRandom scripted = new SecureRandom() {
            private static final long serialVersionUID = 1L;
            private int call;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(call++ == 0 ? order : BYTES, 0, bytes, 0, 32);
            }
        };
        assertThat(SecretKey.generate(new PureJavaSecp256k1(), scripted).bytes())
                .isEqualTo(BYTES);
    }
}
