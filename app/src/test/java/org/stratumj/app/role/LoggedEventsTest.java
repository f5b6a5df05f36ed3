package org.stratumj.app.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratumj.app.log.LineLimiter;
import org.stratumj.app.log.LogLevel;
import org.stratumj.app.log.LogTail;
import org.stratumj.app.log.Logging;
import org.stratumj.app.mining.RefusedShares;

class LoggedEventsTest {
    private static final String HASH = "00000326709f0a5787b1de3e3d3f8a2890fab5f3bc4a646078c69f747d0280c4";

    private final LogTail tail = new LogTail();
    private final AtomicLong now = new AtomicLong();
    private final LoggedEvents events = new LoggedEvents(new LineLimiter(0), now::get);

    @BeforeEach
    void log() {
        Logging.to(tail, LogLevel.INFO, false);
    }

    @AfterEach
    void silence() {
        Logging.to(_ -> {}, LogLevel.ERROR, false);
    }

    @Test
    void tenThousandConnectionsFromOneAddressAreAFewLinesAndASummary() {
        for (int i = 0; i < 10_000; i++) {
            events.on(new RoleEvent.ConnectionUp("pool", "#" + i + " 10.0.0.7:" + (1024 + i) + " (evil 10.9.9.9:1)"));
            events.on(new RoleEvent.ConnectionDown("pool", "#" + i + " 10.0.0.7:" + (1024 + i), "closed by the peer"));
        }
        events.on(new RoleEvent.ConnectionUp("pool", "#10001 10.0.0.8:5000"));
        assertThat(tail.lines()).hasSizeLessThan(20).last().asString().contains("10.0.0.8:5000 connected");

        now.addAndGet(60_000_000_000L);
        events.on(new RoleEvent.Note("pool", "a quiet line"));
        assertThat(tail.lines())
                .filteredOn(line -> line.contains("left out"))
                .singleElement()
                .asString()
                .endsWith(" WARN  pool: 19990 more lines about pool connections left out, the last from 10.0.0.7");
    }

    @Test
    void floodOfTipsHidesNoFoundBlock() {
        for (int i = 0; i < 10_000; i++) {
            events.on(new RoleEvent.TipChanged("proxy", i, "00"));
        }
        events.on(new RoleEvent.BlockFound("proxy", "0abc"));
        assertThat(tail.lines()).hasSizeLessThan(60).last().asString().endsWith("block found: 0abc");
    }

    @Test
    void floodOfRefusedSharesHidesNoNoteOfTheRole() {
        for (int connection = 0; connection < 1000; connection++) {
            RefusedShares refused =
                    new RefusedShares("pool", "10.0.0." + connection % 250 + ":4000", "#" + connection, events);
            for (int share = 0; share < 20; share++) {
                refused.add(
                        "stale-share",
                        () -> new RoleEvent.ShareRejected("pool", "10.0.0.7:4000", "channel 1", "stale-share", ""));
            }
            refused.flush();
        }
        events.on(new RoleEvent.Note("pool", "provider is back"));
        assertThat(tail.lines()).hasSizeLessThan(120).last().asString().endsWith("provider is back");
    }

    /// Goal: one peer whose shares are refused without end hides the refusals of no other. Method: a minute of refusals
    /// and warnings from one address, many connections, then one of another.
    @Test
    void refusedSharesOfOneAddressHideNoneOfAnother() {
        for (int i = 0; i < 10_000; i++) {
            events.on(rejected("10.0.0.7:" + (1024 + i)));
            events.on(new RoleEvent.PeerWarning("pool", "10.0.0.7:" + (1024 + i), "more shares rejected"));
            now.addAndGet(6_110_000); // no line is due just when the other peer comes
        }
        int before = tail.lines().size();
        events.on(rejected("10.0.0.8:1024"));
        events.on(new RoleEvent.PeerWarning("pool", "10.0.0.8:1024", "refused to 10.0.0.8"));
        assertThat(tail.lines().subList(before, tail.lines().size()))
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.getLast()).endsWith("refused to 10.0.0.8"));
    }

    private static RoleEvent rejected(String peer) {
        return new RoleEvent.ShareRejected("pool", peer, "channel 1", "stale-share", "");
    }

    @Test
    void serverThatCannotBeUsedIsAWarningAndWasNeverConnected() {
        events.on(new RoleEvent.UpstreamFailed("proxy", "upstream pool:3333", "connection refused"));
        assertThat(tail.lines())
                .singleElement()
                .asString()
                .endsWith(" WARN  proxy: upstream pool:3333 cannot be used: connection refused")
                .doesNotContain("disconnected");
    }

    @Test
    void shortensHashesOfBlocks() {
        events.on(new RoleEvent.BlockFound("pool", HASH));
        events.on(new RoleEvent.BlockAccepted("pool", HASH, 132));
        events.on(new RoleEvent.TipChanged("pool", 132, HASH));
        events.on(new RoleEvent.Note("pool", "block submitted: " + HASH));
        assertThat(tail.lines())
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line).contains(": 00000326…7d0280c4").doesNotContain(HASH));
    }

    @Test
    void leavesTheNumbersOfARejectedShareWhole() {
        events.on(new RoleEvent.ShareRejected(
                "pool", "10.0.0.7:4000", "channel 1 of #2", "difficulty-too-low", "hash " + HASH));
        assertThat(tail.lines()).singleElement().asString().contains("hash " + HASH);
    }
}
