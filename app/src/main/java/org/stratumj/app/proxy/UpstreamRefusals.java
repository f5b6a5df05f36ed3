package org.stratumj.app.proxy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.protocol.ErrorCode;

/// What one upstream refuses of the shares that miners were credited for: a warning for the operator, and a cause to
/// leave if it persists.
///
/// A share is sometimes late, so what is refused as stale just after a tip is reported and not held against the
/// upstream. All other refusals are weighed against the answers of a whole [#WINDOW]: an upstream that refuses
/// [#REFUSED_MAX] of them judges shares by something that its messages do not say.
///
/// Times are the lane's, in nanoseconds. For the lane of the upstream connection only.
final class UpstreamRefusals {
    /// Minimum interval between two lines about refusals.
    static final Duration LINE_EVERY = Duration.ofSeconds(10);

    /// How long answers are counted before they are weighed.
    static final Duration WINDOW = Duration.ofMinutes(3);

    /// Fewest answers in a window that weigh anything.
    static final int ANSWERS_MIN = 10;

    /// The fraction of refused shares at which an upstream is left.
    static final double REFUSED_MAX = 0.5;

    /// How long after a new tip stale shares are expected.
    static final Duration STALE_GRACE = Duration.ofSeconds(10);

    /// The most reasons told apart, since an upstream can make them up.
    static final int REASONS_MAX = 8;

    private static final String OTHER = "for other reasons";

    private final String upstream;
    private final RoleEvents events;
    private Tally line = new Tally();
    private Tally window = new Tally();
    private String last = "";
    private OptionalLong lineAt = OptionalLong.empty();
    private long windowAt;
    private OptionalLong tipAt = OptionalLong.empty();

    private static final class Tally {
        private final Map<String, Long> reasons = new TreeMap<>();
        private long answers;
        private long refused;

        void refused(String code) {
            boolean known = reasons.containsKey(code) || reasons.size() < REASONS_MAX;
            reasons.merge(known ? code : OTHER, 1L, Long::sum);
            answers++;
            refused++;
        }

        @Override
        public String toString() {
            return reasons.entrySet().stream()
                    .map(reason -> reason.getValue() + " " + reason.getKey())
                    .collect(Collectors.joining(", ", "refused " + refused + " of " + answers + " shares: ", ""));
        }
    }

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

    void accepted(long count) {
        line.answers += count;
        window.answers += count;
    }

    /// @param share names it in the log
    void refused(String code, String share, long now) {
        line.refused(code);
        last = share;
        if (!isLate(code, now)) {
            window.refused(code);
        }
    }

    /// Reports what was refused, if the last line is long enough ago. To be called every second or so.
    ///
    /// @return why the upstream is not worth mining for, if it is not
    Optional<String> tick(long now) {
        if (line.refused > 0 && (lineAt.isEmpty() || now - lineAt.getAsLong() >= LINE_EVERY.toNanos())) {
            lineAt = OptionalLong.of(now);
            flush();
        }
        return now - windowAt >= WINDOW.toNanos() ? weigh(now) : Optional.empty();
    }

    /// Reports what was refused and not reported yet.
    void flush() {
        if (line.refused > 0) {
            events.on(new RoleEvent.Warning(
                    ProxyRole.NAME, upstream + " " + line + "; miners were credited for them; the last: " + last));
        }
        line = new Tally();
    }

    private Optional<String> weigh(long now) {
        Tally weighed = window;
        window = new Tally();
        windowAt = now;
        boolean persists = weighed.answers >= ANSWERS_MIN && weighed.refused >= REFUSED_MAX * weighed.answers;
        return persists ? Optional.of("it " + weighed + " in " + WINDOW.toMinutes() + " minutes") : Optional.empty();
    }

    private boolean isLate(String code, long now) {
        return code.equals(ErrorCode.STALE_SHARE.code())
                && tipAt.isPresent()
                && now - tipAt.getAsLong() < STALE_GRACE.toNanos();
    }
}
