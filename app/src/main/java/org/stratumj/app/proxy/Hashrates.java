package org.stratumj.app.proxy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.stratumj.connection.ConnectionId;

/// The hash rates that connected miners expect on their channels. Any thread.
final class Hashrates {
    private final Map<ConnectionId, Double> byMiner = new ConcurrentHashMap<>();

    /// Sets what one connection expects on all its channels.
    ///
    /// @param hashesPerSecond 0 without channels
    void set(ConnectionId miner, double hashesPerSecond) {
        if (hashesPerSecond == 0) {
            byMiner.remove(miner);
        } else {
            byMiner.put(miner, hashesPerSecond);
        }
    }

    /// Hashes per second of all; exactly 0 with no miner attached (05 §5.3.2).
    double sum() {
        return byMiner.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
