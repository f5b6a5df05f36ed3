package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.connection.ConnectionId;

class UpstreamRefusalsTest {
    private static final long WINDOW = UpstreamRefusals.WINDOW.toNanos();

    private final RecordedEvents events = new RecordedEvents();
    private final UpstreamRefusals refusals = new UpstreamRefusals("upstream at pool:3333", events, 0);
    private final AnswerTally tally = new AnswerTally();

    /// Miners of whom all is refused find 20 shares each, the others 10.
    @ParameterizedTest
    @CsvSource({"1, 1, false", "1, 9, false", "2, 2, false", "2, 1, true", "1, 0, true", "5, 0, true"})
    void leavesWhereMostMinersAreRefused(int refused, int accepted, boolean leaves) {
        for (int i = 0; i < refused; i++) {
            refuse(i, 20);
        }
        for (int i = 0; i < accepted; i++) {
            refusals.accepted(miner(100 + i), 10);
        }
        assertThat(refusals.tick(WINDOW).isPresent()).isEqualTo(leaves);
    }

    /// Connections are cheap, shares are work.
    @Test
    void staysWhereManyMinersWithFewSharesAreRefused() {
        for (int i = 0; i < 99; i++) {
            refuse(i, 1);
        }
        refusals.accepted(miner(100), 100);
        assertThat(refusals.tick(WINDOW)).isEmpty();
        assertThat(events.warnings()).allMatch(line -> !line.contains("it is kept"));
    }

    @Test
    void leavesWhereNoFinderIsKnown() {
        refusals.accepted(Optional.empty(), 9);
        for (int i = 0; i < 9; i++) {
            refusals.refused("invalid-share", Optional.empty(), "", 0);
        }
        assertThat(refusals.tick(WINDOW)).hasValue("refused 9 of 18 shares: 9 invalid-share in 3 minutes");
    }

    @Test
    void weighsEachWindowAlone() {
        refuse(1, 20);
        refusals.accepted(miner(2), 1);
        assertThat(refusals.tick(WINDOW)).isEmpty();
        refuse(1, 20);
        assertThat(refusals.tick(2 * WINDOW)).isPresent();
    }

    @Test
    void tellsABoundedNumberOfMinersApart() {
        for (int i = 0; i < AnswerTally.MINERS_MAX + 10; i++) {
            tally.refused(miner(i), "invalid-share");
        }
        tally.accepted(miner(AnswerTally.MINERS_MAX - 1), 2);
        tally.accepted(miner(AnswerTally.MINERS_MAX), 2);

        assertThat(tally.miners()).isEqualTo(AnswerTally.MINERS_MAX);
        assertThat(tally.mostlyRefused()).isEqualTo(AnswerTally.MINERS_MAX - 1);
        assertThat(tally.answers()).isEqualTo(AnswerTally.MINERS_MAX + 14);
    }

    @Test
    void namesNoMinerWhereThereAreSeveral() {
        tally.refused(miner(1), "invalid-share");
        tally.accepted(miner(2), 1);
        assertThat(tally).hasToString("refused 1 of 2 shares: 1 invalid-share, all from #1, one of 2 miners");

        tally.refused(miner(2), "stale-share");
        assertThat(tally).hasToString("refused 2 of 3 shares: 1 invalid-share, 1 stale-share");
    }

    private void refuse(int miner, int times) {
        for (int i = 0; i < times; i++) {
            refusals.refused("invalid-share", miner(miner), "", 0);
        }
    }

    private static Optional<ConnectionId> miner(int number) {
        return Optional.of(new ConnectionId(number));
    }
}
