package org.stratumj.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {
    @Test
    void keepsWhatATaskThrowsFromItsThread() {
        assertThat(Guard.run("a task", () -> {})).isTrue();
        assertThat(Guard.run("a task", () -> {
                    throw new IllegalStateException("a failure");
                }))
                .isFalse();
        assertThat(Guard.run("a task", () -> {
                    throw new NoClassDefFoundError("a class");
                }))
                .isFalse();
    }

    @Test
    void handsErrorsOfTheVirtualMachineToTheUncaughtHandler() throws InterruptedException {
        List<Throwable> uncaught = new ArrayList<>();
        OutOfMemoryError error = new OutOfMemoryError("planted");
        Thread thread = Thread.ofPlatform()
                .uncaughtExceptionHandler((_, e) -> uncaught.add(e))
                .start(() -> Guard.run("a task", () -> {
                    throw error;
                }));
        thread.join();
        assertThat(uncaught).containsExactly(error);
    }
}
