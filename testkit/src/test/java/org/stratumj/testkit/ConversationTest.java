package org.stratumj.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ConversationTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.250Z");

    @Test
    void keepsTheLastLines() {
        Conversation conversation = new Conversation("client of x:1");
        for (int i = 0; i <= Conversation.LINES_MAX; i++) {
            conversation.add(NOON, "line " + i);
        }
        assertThat(conversation.toString().lines())
                .hasSize(Conversation.LINES_MAX + 2)
                .startsWith("client of x:1:", "  … 1 lines before", "  12:00:00.250 line 1")
                .endsWith("  12:00:00.250 line " + Conversation.LINES_MAX);
    }

    @Test
    void cutsLongLines() {
        Conversation conversation = new Conversation("x");
        conversation.add(NOON, "y".repeat(10_000));
        assertThat(conversation.toString()).hasSizeLessThan(300).endsWith("…");
    }
}
