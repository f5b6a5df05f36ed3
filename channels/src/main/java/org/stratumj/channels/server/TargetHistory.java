package org.stratumj.channels.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Target;

/// The targets of one channel: the present one, and those before it to which jobs on the present tip are still
/// held.
///
/// A change holds for jobs sent later and for those that were sent as future jobs; a job sent as active keeps the
/// target it was sent under (05 §5.3.21). Events are the numbers by which a connection orders what it sends.
final class TargetHistory {
    /// The most targets remembered: one for each job that is, since no other can be asked for, and the present one.
    static final int TARGETS_MAX = SentJobs.JOBS_MAX + 1;

    /// How many times its own length lies between the starts of two graces at least.
    static final int GRACE_EVERY = 60;

    /// A target and what a share at it is worth.
    record Entry(long event, Target target, double difficulty) {
        Entry(long event, Target target) {
            this(event, target, target.difficulty().value());
        }
    }

    /// Newest first.
    private final Deque<Entry> entries = new ArrayDeque<>();

    private @Nullable Entry easier;
    private Instant easierUntil = Instant.MIN;
    private Instant nextGraceAt = Instant.MIN;

    TargetHistory(long event, Target target) {
        entries.addFirst(new Entry(event, target));
    }

    Entry current() {
        return entries.getFirst();
    }

    /// The target in force at this event.
    Entry at(long event) {
        for (Entry entry : entries) {
            if (entry.event() <= event) {
                return entry;
            }
        }
        return entries.getLast();
    }

    /// The easier target that was in force until just now, as long as the grace after the change lasts.
    Optional<Entry> grace(Instant now) {
        return now.isBefore(easierUntil) ? Optional.ofNullable(easier) : Optional.empty();
    }

    /// Changes the target.
    ///
    /// A grace lets a miner that ignores the change earn more than is due, so it comes rarely: a client that had
    /// the server change its target again and again would otherwise live in it.
    ///
    /// @param newestJob the event at which the last job was sent as active
    /// @param grace     how long the present one is still good enough
    void change(long event, long newestJob, Target target, Duration grace, Instant now) {
        easier = null;
        boolean harder = target.compareTo(current().target()) < 0;
        if (harder && grace.isPositive() && !now.isBefore(nextGraceAt)) {
            easier = current();
            easierUntil = now.plus(grace);
            nextGraceAt = now.plus(grace.multipliedBy(GRACE_EVERY));
        }
        if (current().event() > newestJob) {
            entries.removeFirst(); // no job was sent under it
        }
        entries.addFirst(new Entry(event, target));
        if (entries.size() > TARGETS_MAX) {
            entries.removeLast();
        }
    }

    /// How many targets are remembered.
    int size() {
        return entries.size();
    }

    /// Forgets all but the present target: there is a new tip, and its one job was a future job.
    void newTip() {
        Entry current = current();
        entries.clear();
        entries.addFirst(current);
        easier = null;
    }
}
