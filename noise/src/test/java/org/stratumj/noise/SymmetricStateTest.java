package org.stratumj.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stratumj.noise.aead.Aeads;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.noise.secp256k1.SecretKey;

/// What a handshake must not leave behind.
class SymmetricStateTest {
    private static final byte[] ERASED = new byte[32];

    private final SymmetricState state = new SymmetricState(Aeads.best());

    @Test
    void erasesASharedSecretOnceItIsMixedIn() {
        byte[] secret = secret();
        state.mixKey(secret);
        assertThat(secret).isEqualTo(ERASED);
        assertThat(state.chainingKey()).isNotEqualTo(ERASED);
    }

    @Test
    void erasesTheChainingKeyAtTheEnd() {
        state.mixKey(secret());
        CipherState[] ciphers = state.split();
        assertThat(state.chainingKey()).isEqualTo(ERASED);
        assertThat(ciphers).noneMatch(CipherState::isDestroyed);
    }

    @Test
    void erasesTheChainingKeyOfAHandshakeThatFails() {
        state.mixKey(secret());
        state.destroy();
        assertThat(state.chainingKey()).isEqualTo(ERASED);
    }

    /// A key that was recognised again by its encoding would tell who connects.
    @Test
    void encodesTheSameKeyDifferentlyEachTime() {
        SecureRandom random = new SecureRandom();
        Secp256k1 curve = Secp256k1s.select(Secp256k1Policy.PREFER_CONSTANT_TIME, random);
        SecretKey secret = SecretKey.generate(curve, random);
        assertThat(StaticKeyPair.of(secret, curve, random).encoding())
                .isNotEqualTo(StaticKeyPair.of(secret, curve, random).encoding());
    }

    private static byte[] secret() {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 7);
        return secret;
    }
}
