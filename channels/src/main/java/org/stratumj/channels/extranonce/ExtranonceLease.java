package org.stratumj.channels.extranonce;

import java.util.concurrent.atomic.AtomicBoolean;

/// One channel's right to an index of an [ExtranonceSpace], and so to its part of the search space. Ends with
/// [#close()].
public final class ExtranonceLease implements AutoCloseable {
    private final ExtranonceLeases owner;
    private final long index;
    private final AtomicBoolean closed = new AtomicBoolean();

    ExtranonceLease(ExtranonceLeases owner, long index) {
        this.owner = owner;
        this.index = index;
    }

    /// The index, 0 up to the capacity of the leases.
    public long index() {
        return index;
    }

    /// Gives the index back; a second call does nothing.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            owner.release(index);
        }
    }
}
