package org.stratumj.app.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.connection.PeerInfo;

class RefusedSharesTest {
    private final RecordedEvents events = new RecordedEvents();
    private final RefusedShares refused = new RefusedShares("pool", "10.0.0.7:4000", "#12", events);

    @Test
    void tellsOfEachShareWithItsReason() {
        refuse("stale-share");
        refuse("duplicate-share");
        assertThat(events.texts())
                .containsExactly(
                        "share rejected on channel 3: stale-share (numbers)",
                        "share rejected on channel 3: duplicate-share (numbers)");
    }

    @Test
    void sumsUpWhatIsBeyondTheBoundWithTheReasons() {
        IntStream.range(0, RefusedShares.LINES_MAX).forEach(_ -> refuse("stale-share"));
        refuse("stale-share");
        refuse("duplicate-share");
        refuse("stale-share");
        assertThat(events.texts()).hasSize(RefusedShares.LINES_MAX);

        refused.flush();
        assertThat(events.texts())
                .hasSize(RefusedShares.LINES_MAX + 1)
                .last()
                .isEqualTo("more shares rejected on #12: 1 duplicate-share, 2 stale-share");
    }

    @Test
    void beginsAnewAfterAFlush() {
        IntStream.range(0, RefusedShares.LINES_MAX + 1).forEach(_ -> refuse("stale-share"));
        refused.flush();
        refused.flush();
        refuse("invalid-job-id");
        assertThat(events.texts())
                .hasSize(RefusedShares.LINES_MAX + 2)
                .last()
                .asString()
                .contains("invalid-job-id");
    }

    @Test
    void tellsABoundedNumberOfReasonsApart() {
        IntStream.range(0, RefusedShares.LINES_MAX).forEach(_ -> refuse("a"));
        IntStream.range(0, RefusedShares.REASONS_MAX).forEach(i -> refuse("made-up-" + i));
        refuse("made-up-one-more");
        refuse("made-up-0");
        refused.flush();
        assertThat(events.texts())
                .last()
                .asString()
                .contains("2 made-up-0,", "1 for other reasons")
                .doesNotContain("one-more");
    }

    @Test
    void cutsReasonsThatAreMadeUp() {
        String code = "x".repeat(255);
        IntStream.range(0, RefusedShares.LINES_MAX + 1).forEach(_ -> refuse(code));
        refused.flush();
        String shown = "x".repeat(PeerInfo.SHOWN_MAX) + "…";
        assertThat(events.texts())
                .startsWith("share rejected on channel 3: " + shown + " (numbers)")
                .endsWith("more shares rejected on #12: 1 " + shown);
    }

    private void refuse(String code) {
        refused.add(code, () -> new RoleEvent.ShareRejected("pool", "10.0.0.7:4000", "channel 3", code, "numbers"));
    }
}
