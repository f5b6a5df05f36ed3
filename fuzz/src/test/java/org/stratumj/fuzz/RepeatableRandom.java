package org.stratumj.fuzz;

import java.security.SecureRandom;
import java.util.Random;

/// Keys that are the same in each run, so that an input means the same in each run.
final class RepeatableRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random;

    RepeatableRandom(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
