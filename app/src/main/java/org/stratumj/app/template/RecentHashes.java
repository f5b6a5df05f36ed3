package org.stratumj.app.template;

import java.util.LinkedHashSet;
import org.stratumj.bitcoin.Hash256;

/// The last [#HASHES_MAX] hashes of blocks with a verdict. Any thread.
final class RecentHashes {
    static final int HASHES_MAX = 1024;

    private final LinkedHashSet<Hash256> hashes = new LinkedHashSet<>();

    /// Adds one.
    synchronized void add(Hash256 hash) {
        if (hashes.add(hash) && hashes.size() > HASHES_MAX) {
            hashes.removeFirst();
        }
    }

    synchronized boolean contains(Hash256 hash) {
        return hashes.contains(hash);
    }
}
