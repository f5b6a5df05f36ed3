package org.stratumj.channels.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.channels.job.JobSet;
import org.stratumj.channels.job.Tip;

/// The jobs that a connection sent and that are or were active, the newest [#JOBS_MAX] of them, and the newest of
/// those sent as future jobs.
///
/// ```text
/// sent without min_ntime → future ─ SetNewPrevHash names it → valid ─ SetNewPrevHash → stale → forgotten
/// sent with min_ntime ────────────────────────────────────→ valid
/// ```
///
/// Stale jobs are kept whole: a late share is told from a wrong one, and a late block is still a block.
final class SentJobs {
    /// The most jobs remembered.
    static final int JOBS_MAX = 64;

    private final Deque<Sent> newestFirst = new ArrayDeque<>();
    private @Nullable Future future;
    private long tipNumber;

    private record Future(JobSet jobs, long event) {}

    /// A job that is or was active.
    ///
    /// @param tip       what it is mined on
    /// @param tipNumber which of the tips so far that is
    /// @param event     when it was sent, among the connection's events
    record Sent(JobSet jobs, Tip tip, long tipNumber, long event) {}

    void future(JobSet jobs, long event) {
        future = new Future(jobs, event);
    }

    void active(JobSet jobs, Tip tip, long event) {
        add(new Sent(jobs, tip, tipNumber, event));
    }

    /// Whether this is the future job sent last: the only one that SetNewPrevHash may name.
    boolean isFuture(JobSet jobs) {
        return future != null && future.jobs().id() == jobs.id();
    }

    /// Puts the future job on a new tip; all other jobs go stale (05 §5.3.17).
    void newTip(Tip tip) {
        if (future == null) {
            throw new IllegalStateException("no future job to put on the new tip");
        }
        tipNumber++;
        add(new Sent(future.jobs(), tip, tipNumber, future.event()));
        future = null;
    }

    /// Forgets all jobs: no channel is open that could still mine one.
    void clear() {
        newestFirst.clear();
        future = null;
    }

    /// The job with this id, if it is or was active.
    Optional<Sent> find(long jobId) {
        for (Sent sent : newestFirst) {
            if (sent.jobs().id() == jobId) {
                return Optional.of(sent);
            }
        }
        return Optional.empty();
    }

    /// When the newest of the jobs was sent, the future job included; 0 without any.
    long newestEvent() {
        long active = newestFirst.stream().mapToLong(Sent::event).max().orElse(0);
        return future == null ? active : Math.max(active, future.event());
    }

    /// When the oldest of the remembered jobs was sent; 0 without any.
    long oldestEvent() {
        return newestFirst.stream().mapToLong(Sent::event).min().orElse(0);
    }

    /// Whether the tip has changed since this job was active.
    boolean isStale(Sent sent) {
        return sent.tipNumber() != tipNumber;
    }

    /// A job that repeats an earlier one on the same tip has the same headers, so it counts as sent when that was: a
    /// hash that is known already gets no target of a later day.
    private void add(Sent sent) {
        long event = newestFirst.stream()
                .filter(earlier -> earlier.tip().prevHash().equals(sent.tip().prevHash())
                        && earlier.jobs().isSameWorkAs(sent.jobs()))
                .mapToLong(Sent::event)
                .reduce(sent.event(), Math::min);
        newestFirst.addFirst(new Sent(sent.jobs(), sent.tip(), sent.tipNumber(), event));
        if (newestFirst.size() > JOBS_MAX) {
            newestFirst.removeLast();
        }
    }
}
