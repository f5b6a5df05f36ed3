package org.stratumj.app.proxy;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.stratumj.connection.ConnectionId;

/// The hash rates that connected miners expect on their channels. Any thread.
final class Hashrates {
    /// By the number of the connection: added up in that order, the same rates have the same sum to the last bit.
    private final Map<Long, Double> byMiner = new ConcurrentSkipListMap<>();

    /// Sets what one connection expects on all its channels.
    ///
    /// @param hashesPerSecond 0 without channels
    void set(ConnectionId miner, double hashesPerSecond) {
        if (hashesPerSecond == 0) {
            byMiner.remove(miner.value());
        } else {
            byMiner.put(miner.value(), hashesPerSecond);
        }
    }

    /// Hashes per second of all; exactly 0 with no miner attached (05 §5.3.2).
    double sum() {
        return byMiner.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
