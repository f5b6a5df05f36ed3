package org.stratumj.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.LoggedEvents;
import org.stratumj.app.role.RoleEvent;

class LoggingTest {
    private final LogTail tail = new LogTail();

    @AfterEach
    void silence() {
        Logging.to(_ -> {}, LogLevel.ERROR, false);
    }

    @Test
    void bringsTheLinesOfLibrariesWithTheirParameters() {
        Logging.to(tail, LogLevel.INFO, false);
        System.getLogger("org.stratumj.node").log(Logger.Level.INFO, "{0} from {1} closed", "#7", "10.0.0.1");
        assertThat(tail.lines()).singleElement().asString().endsWith(" INFO  node: #7 from 10.0.0.1 closed");
    }

    @Test
    void leavesTheLifeOfConnectionsToTheRolesUnlessAsked() {
        Logging.to(tail, LogLevel.INFO, false);
        System.getLogger("org.stratumj.connection").log(Logger.Level.INFO, "closed");
        System.getLogger("org.stratumj.service").log(Logger.Level.INFO, "READY");
        assertThat(tail.lines()).isEmpty();
        Logging.to(tail, LogLevel.DEBUG, false);
        System.getLogger("org.stratumj.connection").log(Logger.Level.INFO, "closed");
        assertThat(tail.lines()).hasSize(1);
    }

    @Test
    void leavesOutWhatIsBelowTheLevelAndWhatOthersSay() {
        Logging.to(tail, LogLevel.WARN, false);
        System.getLogger("org.stratumj.connection").log(Logger.Level.INFO, "chatter");
        System.getLogger("io.netty.channel").log(Logger.Level.INFO, "chatter");
        assertThat(tail.lines()).isEmpty();
        System.getLogger("io.netty.channel").log(Logger.Level.WARNING, "trouble");
        assertThat(tail.lines()).singleElement().asString().endsWith(" WARN  io.netty.channel: trouble");
    }

    @Test
    void alwaysGivesTheReasonOfARejectedShare() {
        Logging.to(tail, LogLevel.WARN, false);
        new LoggedEvents()
                .on(new RoleEvent.ShareRejected(
                        "pool", "10.0.0.7:4000", "channel 3 of #12", "stale-share", "tip 7, now 8"));
        assertThat(tail.lines())
                .singleElement()
                .asString()
                .endsWith(" WARN  pool: share rejected on channel 3 of #12: stale-share (tip 7, now 8)");
    }

    @Test
    void doesNotTakeBracesInAnEventForParameters() {
        Logging.to(tail, LogLevel.INFO, false);
        new LoggedEvents().on(new RoleEvent.Note("pool", "it's a {0} {strange} name"));
        assertThat(tail.lines()).singleElement().asString().endsWith("pool: it's a {0} {strange} name");
    }

    @Test
    void letsNobodyForgeALineOrMoveTheCursor() {
        Logging.to(tail, LogLevel.INFO, false);
        new LoggedEvents().on(new RoleEvent.ConnectionUp("pool", "evil\u001b[2J\n12:00 INFO pool: all is well"));
        assertThat(tail.lines())
                .filteredOn(line -> line.contains("evil")) // another test's flood may be summed up here
                .singleElement()
                .asString()
                .endsWith("pool: evil\\x1b[2J\\x0a12:00 INFO pool: all is well connected");
    }

    @Test
    void showsAnExceptionInOneLineUnlessAskedForMore() {
        Logging.to(tail, LogLevel.INFO, false);
        Logger log = System.getLogger("org.stratumj.app.pool");
        log.log(Logger.Level.WARNING, "failed", new IllegalStateException("bug"));
        assertThat(tail.lines())
                .singleElement()
                .asString()
                .endsWith(" WARN  pool: failed: java.lang.IllegalStateException: bug");
        Logging.to(tail, LogLevel.INFO, true);
        log.log(Logger.Level.WARNING, "failed", new IllegalStateException("bug"));
        assertThat(tail.lines()).anyMatch(line -> line.contains("at org.stratumj.app.log.LoggingTest"));
    }

    @Test
    void showsTheStackOfAFaultOfOurs() {
        Logging.to(tail, LogLevel.INFO, false);
        System.getLogger("org.stratumj.connection")
                .log(Logger.Level.ERROR, "a task failed", new IllegalStateException("bug"));
        assertThat(tail.lines()).anyMatch(line -> line.contains("at org.stratumj.app.log.LoggingTest"));
    }

    @Test
    void limitsWhatPeersMakeLibrariesSay() {
        AtomicInteger lines = new AtomicInteger();
        Logging.to(_ -> lines.incrementAndGet(), LogLevel.INFO, false);
        for (int i = 0; i < 10_000; i++) {
            System.getLogger("org.stratumj.flooded").log(Logger.Level.WARNING, "line {0}", i);
        }
        assertThat(lines.get()).isBetween(LineLimiter.BURST, 5_000);
    }

    @Test
    void keepsNoMoreLinesThanItsBound() {
        IntStream.range(0, LogTail.LINES_MAX + 1).forEach(i -> tail.accept("line " + i));
        assertThat(tail.lines()).hasSize(LogTail.LINES_MAX).startsWith("line 1").doesNotContain("line 0");
    }
}
