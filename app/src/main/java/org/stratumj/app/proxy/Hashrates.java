package org.stratumj.app.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.stratumj.channels.server.HashRates;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.vardiff.ProvenRate;
import org.stratumj.connection.ConnectionId;

/// The hash rates of connected miners, and the rate stated upstream. Any thread.
///
/// The upstream's target follows the stated rate, and with a target too hard nothing that any miner finds counts. So a
/// statement of a miner goes up as far as its shares bear it out. What is stated for new channels goes up too, but
/// together it at most doubles the rest. Only a proxy whose miners have all just come has nothing to compare with: for
/// the time in which a channel has to prove its rate, all statements count.
final class Hashrates {
    /// Maximum rate stated upstream: above that of the whole network, and above what servers take.
    static final double HASHES_PER_SECOND_MAX = TargetPolicy.DEFAULT.hashesPerSecondMax();

    private final Duration start;
    /// By the number of the connection: added up in that order, the same rates have the same sum to the last bit.
    private final Map<Long, HashRates> byMiner = new ConcurrentSkipListMap<>();

    private @Nullable Instant firstMinerAt;

    /// No miners.
    ///
    /// @param sharesPerMinute wanted of each of their channels
    Hashrates(double sharesPerMinute) {
        start = ProvenRate.start(sharesPerMinute);
    }

    /// Sets the rates of one connection, sums over its channels.
    ///
    /// @param rates [HashRates#NONE] without channels
    void set(ConnectionId miner, HashRates rates) {
        if (rates.equals(HashRates.NONE)) {
            byMiner.remove(miner.value());
        } else {
            byMiner.put(miner.value(), rates);
        }
    }

    /// What to tell the upstream, hashes per second; exactly 0 with no miner attached (05 §5.3.2).
    synchronized double stated(Instant now) {
        HashRates sum = byMiner.values().stream().reduce(HashRates.NONE, HashRates::plus);
        if (sum.equals(HashRates.NONE)) {
            firstMinerAt = null;
            return 0;
        }
        if (firstMinerAt == null) {
            firstMinerAt = now;
        }
        boolean starting = now.isBefore(firstMinerAt.plus(start));
        double unproven = starting ? sum.unproven() : Math.min(sum.unproven(), sum.believed());
        return Math.min(sum.believed() + unproven, HASHES_PER_SECOND_MAX);
    }
}
