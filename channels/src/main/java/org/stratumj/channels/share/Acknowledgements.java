package org.stratumj.channels.share;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.mining.SubmitSharesSuccess;

/// The credited shares of one channel that wait to be acknowledged together. Spec: 05 §5.3.13.
///
/// Mutable, for one thread at a time.
public final class Acknowledgements {
    private final long channelId;
    private final SharePolicy policy;
    private long lastSequenceNumber;
    private int count;
    private double difficulties;
    private @Nullable Instant firstAt;

    /// Nothing waiting.
    public Acknowledgements(long channelId, SharePolicy policy) {
        this.channelId = channelId;
        this.policy = policy;
    }

    /// Takes a share that may be acknowledged.
    ///
    /// @param difficulty what it was credited
    /// @return the acknowledgement, when enough shares wait for it
    public Optional<SubmitSharesSuccess> add(long sequenceNumber, double difficulty, Instant now) {
        lastSequenceNumber = sequenceNumber;
        count++;
        difficulties += difficulty;
        if (firstAt == null) {
            firstAt = now;
        }
        return count >= policy.acknowledgedTogether() ? Optional.of(take()) : Optional.empty();
    }

    /// The acknowledgement, when the first share has waited long enough.
    public Optional<SubmitSharesSuccess> due(Instant now) {
        return firstAt != null && !now.isBefore(firstAt.plus(policy.acknowledgementDelay()))
                ? Optional.of(take())
                : Optional.empty();
    }

    private SubmitSharesSuccess take() {
        // Whole difficulties only: the field is a U64. Counters restart with each message.
        SubmitSharesSuccess message =
                new SubmitSharesSuccess(channelId, lastSequenceNumber, count, (long) difficulties);
        count = 0;
        difficulties = 0;
        firstAt = null;
        return message;
    }
}
