package org.stratumj.node.rpc;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawTransaction;

/// The transactions of recent templates by the ids that commit to their witnesses, by which the RPC interface
/// cannot look them up. The oldest go first. Thread-safe.
final class TransactionMirror {
    /// Bytes kept: four full blocks.
    static final long BYTES_MAX = 4L * Block.BYTES_MAX;

    private final Map<Hash256, RawTransaction> transactions = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    synchronized Optional<RawTransaction> find(Hash256 wtxid) {
        return Optional.ofNullable(transactions.get(wtxid));
    }

    synchronized void add(Hash256 wtxid, RawTransaction transaction) {
        if (transactions.putIfAbsent(wtxid, transaction) == null) {
            bytes += transaction.size();
            Iterator<RawTransaction> oldest = transactions.values().iterator();
            while (bytes > BYTES_MAX) {
                bytes -= oldest.next().size();
                oldest.remove();
            }
        }
    }
}
