package org.stratumj.app.template;

import java.util.LinkedHashSet;
import org.stratumj.bitcoin.Hash256;

/// The last [#HASHES_MAX] hashes, to notice what comes twice. Any thread.
final class RecentHashes {
    static final int HASHES_MAX = 1024;

    private final LinkedHashSet<Hash256> hashes = new LinkedHashSet<>();

    /// Adds one.
    ///
    /// @return false if it is here already
    synchronized boolean add(Hash256 hash) {
        if (!hashes.add(hash)) {
            return false;
        }
        if (hashes.size() > HASHES_MAX) {
            hashes.removeFirst();
        }
        return true;
    }
}
