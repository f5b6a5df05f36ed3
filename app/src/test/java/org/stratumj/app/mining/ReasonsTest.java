package org.stratumj.app.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    private final Reasons reasons = new Reasons();

    @Test
    void tellsABoundedNumberApart() {
        IntStream.range(0, Reasons.REASONS_MAX).forEach(i -> reasons.add("code-" + i));
        reasons.add("one more");
        reasons.add("and another");
        reasons.add("code-0");
        assertThat(reasons.counts())
                .hasSize(Reasons.REASONS_MAX + 1)
                .containsEntry(Reasons.OTHER, 2L)
                .containsEntry("code-0", 2L);
    }
}
