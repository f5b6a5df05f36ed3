package org.stratumj.app.proxy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.connection.ConnectionId;
import org.stratumj.protocol.ErrorCode;

/// What one upstream refuses of the shares that miners were credited for: a warning for the operator, and a cause to
/// leave if it persists.
///
/// A share is sometimes late, so a share refused as stale just after a tip is reported and not held against the
/// upstream. All other refusals are weighed over a whole [#WINDOW]. An upstream that refuses [AnswerTally#REFUSED_MAX]
/// of the shares judges them by something that its messages do not say, unless the shares are at fault: a miner with a
/// fast clock or with version bits that the pool does not allow may find half of them. So the upstream must also refuse
/// that much of the shares of more than half of the miners. One miner of several never makes a proxy leave, a single
/// miner does, and an upstream that refuses everyone is left. Miners that collude need both: as many shares that meet
/// the upstream's target as all others together, which is work, and more connections than the others.
///
/// Times are the lane's, in nanoseconds. For the lane of the upstream connection only.
final class UpstreamRefusals {
    /// Minimum interval between two lines about refusals.
    static final Duration LINE_EVERY = Duration.ofSeconds(10);

    /// How long answers are counted before they are weighed.
    static final Duration WINDOW = Duration.ofMinutes(3);

    /// Fewest answers in a window that weigh anything.
    static final int ANSWERS_MIN = 10;

    /// How long after a new tip stale shares are expected.
    static final Duration STALE_GRACE = Duration.ofSeconds(10);

    private final String upstream;
    private final RoleEvents events;
    private AnswerTally line = new AnswerTally();
    private AnswerTally window = new AnswerTally();
    private String last = "";
    private OptionalLong lineAt = OptionalLong.empty();
    private long windowAt;
    private OptionalLong tipAt = OptionalLong.empty();

    /// @param upstream names it in the log
    /// @param now      when its connection began
    UpstreamRefusals(String upstream, RoleEvents events, long now) {
        this.upstream = upstream;
        this.events = events;
        windowAt = now;
    }

    void onTip(long now) {
        tipAt = OptionalLong.of(now);
    }

    /// @param miner the finder; empty if not known
    void accepted(Optional<ConnectionId> miner, long count) {
        line.accepted(miner, count);
        window.accepted(miner, count);
    }

    /// @param miner the finder; empty if not known
    /// @param share names it in the log
    void refused(String code, Optional<ConnectionId> miner, String share, long now) {
        line.refused(miner, code);
        last = share;
        if (!isLate(code, now)) {
            window.refused(miner, code);
        }
    }

    /// Reports what was refused, if the last line is long enough ago. To be called every second or so.
    ///
    /// @return what it refused, if the upstream is not worth mining for
    Optional<String> tick(long now) {
        if (line.refused() > 0 && (lineAt.isEmpty() || now - lineAt.getAsLong() >= LINE_EVERY.toNanos())) {
            lineAt = OptionalLong.of(now);
            flush();
        }
        return now - windowAt >= WINDOW.toNanos() ? weigh(now) : Optional.empty();
    }

    /// Reports what was refused and not reported yet.
    void flush() {
        if (line.refused() > 0) {
            warn(line + "; miners were credited for them; the last: " + last);
        }
        line = new AnswerTally();
    }

    private Optional<String> weigh(long now) {
        AnswerTally weighed = window;
        window = new AnswerTally();
        windowAt = now;
        if (weighed.answers() < ANSWERS_MIN || !weighed.isMostlyRefusals()) {
            return Optional.empty();
        }
        String refused = weighed + " in " + WINDOW.toMinutes() + " minutes";
        if (weighed.isForMostMiners()) {
            return Optional.of(refused);
        }
        warn(refused + "; it is kept, since it accepts most shares of " + (weighed.miners() - weighed.mostlyRefused())
                + " of " + weighed.miners() + " miners");
        return Optional.empty();
    }

    private void warn(String text) {
        events.on(new RoleEvent.Warning(ProxyRole.NAME, upstream + " " + text));
    }

    private boolean isLate(String code, long now) {
        return code.equals(ErrorCode.STALE_SHARE.code())
                && tipAt.isPresent()
                && now - tipAt.getAsLong() < STALE_GRACE.toNanos();
    }
}
