package org.stratumj.channels.server;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.stratumj.channels.job.Payout;

/// Channels of one connection that have the same jobs, because they have the same payout. Spec: 05 §5.2.3.
final class Group {
    private final long id;
    private final Payout payout;
    private final SequencedMap<Long, ServerChannel> members = new LinkedHashMap<>();

    Group(long id, Payout payout) {
        this.id = id;
        this.payout = payout;
    }

    long id() {
        return id;
    }

    Payout payout() {
        return payout;
    }

    SequencedMap<Long, ServerChannel> members() {
        return members;
    }
}
