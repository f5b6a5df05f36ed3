package org.stratumj.app.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
/// together it at most doubles the rest. Only a proxy whose miners have all just come has nothing proven to compare
/// with. For the time in which a channel has to prove its rate, a miner's unproven statement is compared with those of
/// the other miners: it counts up to [ProvenRate#FACTOR] times the median, which one miner among several cannot move
/// beyond what another states. The network's hash rate is no bound for it: a farm's target would still be out of reach,
/// and a test network's difficulty says nothing about its miners.
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
        List<HashRates> rates = List.copyOf(byMiner.values());
        if (rates.isEmpty()) {
            firstMinerAt = null;
            return 0;
        }
        if (firstMinerAt == null) {
            firstMinerAt = now;
        }
        double believed = rates.stream().mapToDouble(HashRates::believed).sum();
        double unproven = now.isBefore(firstMinerAt.plus(start))
                ? unproven(rates, ProvenRate.FACTOR * median(rates))
                : Math.min(unproven(rates, HASHES_PER_SECOND_MAX), believed);
        return Math.min(believed + unproven, HASHES_PER_SECOND_MAX);
    }

    private static double unproven(List<HashRates> rates, double perMinerMax) {
        return rates.stream()
                .mapToDouble(miner -> Math.min(miner.unproven(), perMinerMax))
                .sum();
    }

    /// Of an even number the lower one.
    private static double median(List<HashRates> rates) {
        double[] all = rates.stream()
                .mapToDouble(miner -> miner.believed() + miner.unproven())
                .sorted()
                .toArray();
        return all[(all.length - 1) / 2];
    }
}
