package org.stratumj.connection.sim;

import java.security.SecureRandom;
import java.util.Random;

/// Keys that repeat, for runs that repeat.
final class SeededSecureRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random;

    SeededSecureRandom(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
