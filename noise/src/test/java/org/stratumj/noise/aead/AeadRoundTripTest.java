package org.stratumj.noise.aead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two implementations that know nothing of each other agree on every length, which takes other code paths in both.
class AeadRoundTripTest {
    private static final int ROUNDS = 400;
    private static final int BYTES_MAX = 4096;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void providersOpenWhatTheOtherSealed(long seed) {
        Random random = new Random(seed);
        byte[] keyBytes = bytes(random, Aead.KEY_BYTES);
        AeadKey best = Aeads.best().key(keyBytes);
        AeadKey jdk = Aeads.jdk().key(keyBytes);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] data = bytes(random, random.nextInt(48));
            byte[] plaintext = bytes(random, round < 100 ? round : random.nextInt(BYTES_MAX));
            long nonce = random.nextLong();
            String reason = "seed " + seed + ", round " + round + ", " + plaintext.length + " bytes";
            byte[] sealed = new byte[plaintext.length + Aead.TAG_BYTES];
            best.seal(nonce, data, plaintext, 0, plaintext.length, sealed, 0);
            byte[] sealedByJdk = new byte[sealed.length];
            jdk.seal(nonce, data, plaintext, 0, plaintext.length, sealedByJdk, 0);
            assertThat(sealed).as(reason).isEqualTo(sealedByJdk);

            byte[] opened = new byte[plaintext.length];
            assertThat(best.open(nonce, data, sealed, 0, sealed.length, opened, 0))
                    .as(reason)
                    .isTrue();
            assertThat(opened).as(reason).isEqualTo(plaintext);
            sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
            Arrays.fill(opened, (byte) 0);
            assertThat(best.open(nonce, data, sealed, 0, sealed.length, opened, 0))
                    .as(reason)
                    .isFalse();
            assertThat(jdk.open(nonce, data, sealed, 0, sealed.length, opened, 0))
                    .as(reason)
                    .isFalse();
            assertThat(opened).as(reason).isEqualTo(new byte[opened.length]);
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
