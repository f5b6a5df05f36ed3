package org.stratumj.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RoleException;

class StopSignalTest {
    @Test
    void interruptsWorkThatBeginsAfterTheSignal() {
        try (StopSignal signal = StopSignal.install(Duration.ZERO)) {
            signal.request();
            assertThatThrownBy(() -> signal.interrupting(StopSignalTest::untilInterrupted))
                    .isInstanceOf(RoleException.class);
            assertThat(signal.requested()).isCompleted();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    private static Void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nothing counts down");
        } catch (InterruptedException e) {
            throw new RoleException("interrupted while starting", e);
        }
    }
}
