package org.stratumj.noise.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AeadGarbageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final byte[] NO_DATA = {};
    private static final int MESSAGES = 100_000;

    /// The compiler may have to wait for a busy machine; one that is not needs two or three.
    private static final int ROUNDS = 200;

    private final AeadKey key = Aeads.best().key(new byte[Aead.KEY_BYTES]);
    private final byte[] plaintext = new byte[64];
    private final byte[] ciphertext = new byte[64 + Aead.TAG_BYTES];

    /// Method: compiled code allocates nothing; as it is not known when all is compiled, the best of several rounds
    /// counts. A single wrapper for each message would be some 3 MB.
    @Test
    void nativeCipherLeavesNoGarbage() {
        assumeThat(Aeads.best()).isInstanceOf(NativeAead.class);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > MESSAGES; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            sealAndOpen();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes for %d messages", MESSAGES).isLessThan(MESSAGES);
    }

    private void sealAndOpen() {
        for (int nonce = 0; nonce < MESSAGES; nonce++) {
            key.seal(nonce, NO_DATA, plaintext, 0, plaintext.length, ciphertext, 0);
            if (!key.open(nonce, NO_DATA, ciphertext, 0, ciphertext.length, plaintext, 0)) {
                throw new AssertionError("message " + nonce);
            }
        }
    }
}
