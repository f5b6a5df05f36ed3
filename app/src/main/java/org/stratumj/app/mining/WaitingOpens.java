package org.stratumj.app.mining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;

/// Requests for channels that came before there was work.
///
/// They wait because a miner that is refused goes through its whole connection again, or to another pool, while
/// work is mostly a moment away. They do not wait for ever because then no miner would go elsewhere. For one
/// thread at a time.
final class WaitingOpens {
    private final int max;
    private final Duration wait;
    private final Deque<Waiting> requests = new ArrayDeque<>();

    private record Waiting(MiningToServer request, long requestId, Instant until) {}

    /// @param max  the most requests that wait
    /// @param wait how long
    WaitingOpens(int max, Duration wait) {
        this.max = max;
        this.wait = wait;
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    /// Lets a request wait.
    ///
    /// @return the refusal, if there are as many already as there could be channels
    List<MiningToClient> add(MiningToServer request, long requestId, Instant now) {
        if (requests.size() >= max) {
            return List.of(ServerChannels.refusal(requestId, ErrorCode.CHANNEL_CAPACITY_EXHAUSTED));
        }
        requests.addLast(new Waiting(request, requestId, now.plus(wait)));
        return List.of();
    }

    /// The requests in the order in which they came; none wait afterwards.
    List<MiningToServer> takeAll() {
        List<MiningToServer> all = requests.stream().map(Waiting::request).toList();
        requests.clear();
        return all;
    }

    /// Refusals for the requests that have waited long enough.
    List<MiningToClient> expire(Instant now) {
        List<MiningToClient> refusals = new ArrayList<>();
        while (!requests.isEmpty() && !now.isBefore(requests.getFirst().until())) {
            refusals.add(ServerChannels.refusal(requests.removeFirst().requestId(), ErrorCode.INTERNAL_ERROR));
        }
        return refusals;
    }
}
