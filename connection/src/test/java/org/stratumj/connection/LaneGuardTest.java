package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneGuardTest {
    private final LaneGuard guard = new LaneGuard();

    @Test
    void taskThatThrowsIsCountedAndLoggedAndGoesNoFurther() {
        IllegalStateException planted = new IllegalStateException("planted");
        List<String> ran = new ArrayList<>();
        try (LogLines log = LogLines.of("org.stratumj.connection")) {
            guard.run("lane 7", () -> {
                throw planted;
            });
            guard.run("lane 7", () -> ran.add("next"));
            assertThat(log.records()).singleElement().satisfies(record -> {
                assertThat(record.getMessage()).startsWith("lane 7");
                assertThat(record.getThrown()).isEqualTo(planted);
            });
        }
        assertThat(ran).containsExactly("next");
        assertThat(guard.failures()).isEqualTo(1);
    }
}
