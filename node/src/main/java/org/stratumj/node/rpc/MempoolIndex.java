package org.stratumj.node.rpc;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stratumj.bitcoin.Hash256;
import tools.jackson.databind.JsonNode;

/// Which transaction id belongs to a witness id in the node's mempool. A full list is asked for when an id is
/// missing, though not more often than [#AGE_MIN]. Thread-safe.
final class MempoolIndex {
    /// Youngest list that is replaced: listing a large mempool takes a node a second.
    static final Duration AGE_MIN = Duration.ofSeconds(5);

    private final RpcClient rpc;
    private final Map<Hash256, Hash256> txids = new HashMap<>();
    private long listedAt = System.nanoTime() - AGE_MIN.toNanos();

    MempoolIndex(RpcClient rpc) {
        this.rpc = rpc;
    }

    /// The transaction ids of those of these witness ids that are in the mempool.
    synchronized Map<Hash256, Hash256> txids(Collection<Hash256> wtxids) {
        Set<Hash256> missing = new HashSet<>(wtxids);
        missing.removeAll(txids.keySet());
        if (!missing.isEmpty() && System.nanoTime() - listedAt >= AGE_MIN.toNanos()) {
            list();
        }
        Map<Hash256, Hash256> found = new HashMap<>();
        for (Hash256 wtxid : wtxids) {
            Optional.ofNullable(txids.get(wtxid)).ifPresent(txid -> found.put(wtxid, txid));
        }
        return found;
    }

    private void list() {
        JsonNode mempool = rpc.call(RpcClient.ANSWER_BYTES_MAX, "getrawmempool", true);
        txids.clear();
        for (Map.Entry<String, JsonNode> entry : mempool.properties()) {
            String wtxid = entry.getValue().path("wtxid").asString(entry.getKey());
            txids.put(Hash256.fromDisplayHex(wtxid), Hash256.fromDisplayHex(entry.getKey()));
        }
        listedAt = System.nanoTime();
    }
}
