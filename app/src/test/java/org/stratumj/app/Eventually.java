package org.stratumj.app;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another thread does.
public final class Eventually {
    private Eventually() {}

    /// Returns once the condition holds. The time that a test may take, which the build sets, ends the wait too.
    ///
    /// @throws AssertionError if the thread is interrupted first
    public static void holds(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted before the condition held");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
