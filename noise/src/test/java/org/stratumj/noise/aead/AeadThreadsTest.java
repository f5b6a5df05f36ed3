package org.stratumj.noise.aead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Goal: the memory that a thread works in is its own. Method: several threads seal and open at the same time,
/// with keys that another thread made, short messages and long ones by turns.
class AeadThreadsTest {
    private static final int THREADS = 4;
    private static final int MESSAGES = 2_000;
    private static final int BYTES_MAX = 8_192;

    static List<Aead> providers() {
        return List.of(Aeads.best(), Aeads.jdk());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void threadsDoNotDisturbEachOther(Aead aead) throws InterruptedException, ExecutionException {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int seed = 0; seed < THREADS; seed++) {
            byte[] keyBytes = new byte[Aead.KEY_BYTES];
            Arrays.fill(keyBytes, (byte) seed);
            AeadKey key = aead.key(keyBytes);
            Random random = new Random(seed);
            tasks.add(() -> messagesOpened(key, random));
        }
        try (var pool = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Integer> opened : pool.invokeAll(tasks)) {
                assertThat(opened.get()).isEqualTo(MESSAGES);
            }
        }
    }

    private static int messagesOpened(AeadKey key, Random random) {
        byte[] data = new byte[32];
        int opened = 0;
        for (int nonce = 0; nonce < MESSAGES; nonce++) {
            byte[] plaintext = new byte[random.nextInt(nonce % 8 == 0 ? BYTES_MAX : 64)];
            random.nextBytes(plaintext);
            random.nextBytes(data);
            byte[] sealed = new byte[plaintext.length + Aead.TAG_BYTES];
            key.seal(nonce, data, plaintext, 0, plaintext.length, sealed, 0);
            byte[] text = new byte[plaintext.length];
            boolean authentic = key.open(nonce, data, sealed, 0, sealed.length, text, 0);
            opened += authentic && Arrays.equals(plaintext, text) ? 1 : 0;
        }
        return opened;
    }
}
