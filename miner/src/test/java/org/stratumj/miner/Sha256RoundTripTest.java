package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Sha256RoundTripTest {
    private static final long SEED = 0x5eed_2560L;

    @Test
    void agreesWithThePlatformOnMessagesOfTwoBlocks() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100; i++) {
            byte[] message = new byte[64 + random.nextInt(56)];
            random.nextBytes(message);
            ByteBuffer padded = ByteBuffer.allocate(128).put(message).put((byte) 0x80);
            padded.putLong(120, 8L * message.length).rewind();
            int[] state = Sha256.INITIAL_STATE;
            for (int block = 0; block < 2; block++) {
                int[] words = new int[Sha256.BLOCK_WORDS];
                padded.asIntBuffer().get(words);
                padded.position(64);
                state = Sha256.compress(state, words);
            }
            ByteBuffer digest = ByteBuffer.allocate(32);
            digest.asIntBuffer().put(state);
            assertThat(digest.array())
                    .as("seed %x message %d", SEED, i)
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(message));
        }
    }
}
