package org.stratumj.channels.client;

import java.util.ArrayDeque;
import java.util.Deque;
import org.stratumj.protocol.wire.Range;

/// The numbers of one channel's submitted shares, and what the server said about them.
///
/// A Success answers every share up to its sequence number; an Error answers one. Spec: 05 §5.3.13, §5.3.14.
public final class PendingShares {
    /// The most shares that wait for an answer; a further one gives up the oldest.
    public static final int PENDING_MAX = 4096;

    private final Deque<Long> pending = new ArrayDeque<>();
    private long next;
    private long submitted;
    private long accepted;
    private double acceptedDifficulty;
    private long refused;
    private long unanswered;

    /// @param first number of the first share
    PendingShares(long first) {
        next = first;
    }

    /// Shares submitted.
    public long submitted() {
        return submitted;
    }

    /// Shares that the server says it accepted.
    public long accepted() {
        return accepted;
    }

    /// What the server says it credited for them.
    public double acceptedDifficulty() {
        return acceptedDifficulty;
    }

    /// Shares that the server refused.
    public long refused() {
        return refused;
    }

    /// Shares that wait for an answer.
    public int pending() {
        return pending.size();
    }

    /// Shares whose answer is no longer waited for.
    public long unanswered() {
        return unanswered;
    }

    /// The number of the next share: sequential (05 §5.3.11).
    long submit() {
        long number = next;
        next = (next + 1) & Range.U32_MAX;
        submitted++;
        pending.addLast(number);
        if (pending.size() > PENDING_MAX) {
            pending.removeFirst();
            unanswered++;
        }
        return number;
    }

    void accepted(long lastSequenceNumber, long count, long difficulty) {
        accepted += count;
        acceptedDifficulty += unsigned(difficulty);
        if (pending.contains(lastSequenceNumber)) {
            while (pending.removeFirst() != lastSequenceNumber) {
                // All up to the number are answered.
            }
        }
    }

    void refused(long sequenceNumber) {
        refused++;
        pending.remove(sequenceNumber);
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0;
    }
}
