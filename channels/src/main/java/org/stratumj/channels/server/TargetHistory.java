package org.stratumj.channels.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.stratumj.bitcoin.Target;

/// The targets of one channel: the current one, and each earlier one that a remembered job was sent under.
///
/// A job keeps the target it was sent under, so that a share is worth what was settled before its hash could be known:
/// a hash meets a target of a fraction `t` of all hashes with probability `t` and is then worth `1/t`, one hash of work
/// on average. No later target changes that, whatever it depends on.
///
/// Events are the numbers by which a connection orders the jobs and targets that it sends.
final class TargetHistory {
    /// Maximum number of targets: one per remembered job, that of the future job, and the current one.
    static final int TARGETS_MAX = SentJobs.JOBS_MAX + 2;

    /// Newest first.
    private final Deque<Entry> entries = new ArrayDeque<>();

    /// A target and what a share at it is worth.
    ///
    /// @param event   when it came into force
    /// @param easiest the easiest target in force from then until the next entry
    record Entry(long event, Target target, double difficulty, Target easiest) {
        Entry(long event, Target target) {
            this(event, target, target.difficulty().value(), target);
        }

        private Entry withEasiest(Target other) {
            return other.compareTo(easiest) > 0 ? new Entry(event, target, difficulty, other) : this;
        }
    }

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

    /// Whether a hash meets any target in force since this event: a client that follows the text submits it (05
    /// §5.3.21).
    boolean isMetSince(long event, byte[] hash) {
        for (Entry entry : entries) {
            if (entry.easiest().isMetBy(hash, 0)) {
                return true;
            }
            if (entry.event() <= event) {
                return false;
            }
        }
        return false;
    }

    /// Changes the target.
    ///
    /// @param newestJob the event at which the last job was sent
    void change(long event, long newestJob, Target target) {
        if (current().event() > newestJob) { // no job was sent under it
            Entry unused = entries.removeFirst();
            entries.addFirst(entries.removeFirst().withEasiest(unused.easiest()));
        }
        entries.addFirst(new Entry(event, target));
        if (entries.size() > TARGETS_MAX) {
            entries.removeLast();
        }
    }

    /// Number of remembered targets.
    int size() {
        return entries.size();
    }

    /// Forgets the targets of jobs that were sent before this event.
    void forgetBefore(long event) {
        Iterator<Entry> oldestFirst = entries.descendingIterator();
        int unneeded =
                (int) entries.stream().filter(entry -> entry.event() <= event).count() - 1;
        for (int i = 0; i < unneeded; i++) {
            oldestFirst.next();
            oldestFirst.remove();
        }
    }
}
