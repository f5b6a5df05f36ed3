package org.stratumj.fuzz;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;

/// What fuzz targets claim. Millions of times a second, so without the comfort of an assertion library: the input
/// tells the rest.
final class Property {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// What loading a class or linking a lambda for the first time may take.
    private static final long ONE_TIME_BYTES = 8 << 20;

    private Property() {}

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    static void requireEqual(Object expected, Object actual, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + " but was " + actual);
        }
    }

    static void requireEqual(byte[] expected, byte[] actual, String what) {
        if (!Arrays.equals(expected, actual)) {
            throw new AssertionError(
                    what + ": expected " + Arrays.toString(expected) + " but was " + Arrays.toString(actual));
        }
    }

    /// Runs `body`, which may take `bytesPerByte` bytes of heap for each of `size` bytes of input: what a stranger
    /// announces without sending it must not cost memory.
    static void requireMemory(int bytesPerByte, int size, Runnable body) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        body.run();
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        require(
                taken <= ONE_TIME_BYTES + (long) bytesPerByte * size,
                taken + " bytes of heap for " + size + " of input");
    }
}
