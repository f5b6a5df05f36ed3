package org.stratumj.channels.extranonce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Hands out the channel indexes of a server, each to one channel at a time.
///
/// An index that comes back rests until the chain's tip has changed twice: jobs that were mined with it are stale
/// by then, so its next holder can neither be handed another's search space nor hand in another's shares again.
///
/// Any thread may call it.
public final class ExtranonceLeases {
    private final long capacity;
    private final LongSupplier next;
    private final Set<Long> taken = ConcurrentHashMap.newKeySet();
    private List<Long> returned = new ArrayList<>();
    private List<Long> resting = new ArrayList<>();

    /// Leases over all indexes of `indexSize` bytes, in sequence: for clients that are trusted, since a client may
    /// mine on the next index before it opens the channel, and then ask for the target that its hashes meet.
    ///
    /// @param indexSize 1 to [ExtranonceSpace#INDEX_SIZE_MAX]
    /// @param start     where to begin
    public ExtranonceLeases(int indexSize, long start) {
        this(indexSize, new AtomicLong(start)::getAndIncrement);
    }

    /// Leases over all indexes of `indexSize` bytes, in an order that no client can foresee.
    ///
    /// @param indexSize 1 to [ExtranonceSpace#INDEX_SIZE_MAX]
    /// @param random    numbers that cannot be foreseen, of any size; any thread
    public ExtranonceLeases(int indexSize, LongSupplier random) {
        if (indexSize < 1 || indexSize > ExtranonceSpace.INDEX_SIZE_MAX) {
            throw new IllegalArgumentException(
                    "index of " + indexSize + " bytes, not 1.." + ExtranonceSpace.INDEX_SIZE_MAX);
        }
        capacity = 1L << (8 * indexSize);
        next = random;
    }

    /// A free index; empty if every one is taken or resting.
    public Optional<ExtranonceLease> lease() {
        if (taken.size() >= capacity) {
            return Optional.empty(); // at once: whoever asks again and again shall not have us look through all
        }
        // Only others' indexes can be in the way, so this many tries plus one find a free one if there is any.
        long first = Math.floorMod(next.getAsLong(), capacity);
        for (long index = first, tries = Math.min(taken.size() + 1L, capacity); tries > 0; tries--) {
            if (taken.add(index)) {
                return Optional.of(new ExtranonceLease(this, index));
            }
            index = (index + 1) % capacity;
        }
        return Optional.empty();
    }

    /// Says that the chain has a new tip, which ends the rest of indexes that came back before the last one.
    public synchronized void newTip() {
        resting.forEach(taken::remove);
        resting = returned;
        returned = new ArrayList<>();
    }

    /// How many indexes are taken or resting.
    public int taken() {
        return taken.size();
    }

    /// How many leases are in use: taken and not given back.
    public synchronized int inUse() {
        return taken.size() - returned.size() - resting.size();
    }

    /// How many indexes there are.
    public long capacity() {
        return capacity;
    }

    synchronized void release(long index) {
        returned.add(index);
    }
}
