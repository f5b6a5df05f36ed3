package org.stratumj.it.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// One channel on the wire: the shares that wait for their answer, in the order in which they came.
final class ChannelBook {
    private final Deque<Submitted> waiting = new ArrayDeque<>();
    private final long groupId;
    private final String prefix;
    private long last = -1;

    /// @param at when the share came, nanoseconds
    private record Submitted(long sequenceNumber, long at) {}

    /// @param prefix of the extranonce in hexadecimal
    ChannelBook(long groupId, String prefix) {
        this.groupId = groupId;
        this.prefix = prefix;
    }

    long groupId() {
        return groupId;
    }

    String prefix() {
        return prefix;
    }

    ChannelBook withPrefix(String other) {
        ChannelBook moved = new ChannelBook(groupId, other);
        moved.waiting.addAll(waiting);
        moved.last = last;
        return moved;
    }

    /// A share came.
    ///
    /// @return false if the number is not higher than the last
    boolean submit(long sequenceNumber, long now) {
        boolean rises = sequenceNumber > last;
        last = Math.max(last, sequenceNumber);
        waiting.addLast(new Submitted(sequenceNumber, now));
        return rises;
    }

    /// A share was refused.
    ///
    /// @return whether it was waiting
    boolean refuse(long sequenceNumber) {
        return waiting.removeIf(share -> share.sequenceNumber() == sequenceNumber);
    }

    /// All shares up to this one that were not refused are accepted.
    ///
    /// @return how many
    long accept(long lastSequenceNumber) {
        long accepted = 0;
        while (!waiting.isEmpty() && waiting.getFirst().sequenceNumber() <= lastSequenceNumber) {
            waiting.removeFirst();
            accepted++;
        }
        return accepted;
    }

    /// When the share came that waits for its answer longest.
    Optional<Long> waitingSince() {
        return Optional.ofNullable(waiting.peekFirst()).map(Submitted::at);
    }
}
