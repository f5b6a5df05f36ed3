package org.stratumj.miner;

import java.util.Optional;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;

/// All headers that a work allows, handed out in segments of which no two have a header in common. Any thread.
///
/// A segment is a run of nonces with everything else fixed. Its place is a number of `bits` bits: from the least
/// significant, which run of nonces, which version, which extranonce. Places are taken in an order in which all
/// three change all the time (multiplying by an odd number permutes them), so that what a server gets to see is not
/// always the first version and extranonce. The time is that of the moment a segment is handed out. When all
/// places have been handed out, they come again with times later than any handed out before, as soon as those are
/// allowed.
final class SearchSpace {
    /// Nonces in a segment: fractions of a second of work, so that the time stays current.
    static final long SEGMENT_NONCES = 1L << 20;

    private static final int RUN_BITS = Long.numberOfTrailingZeros(HashEngine.NONCES / SEGMENT_NONCES);
    private static final int BITS_MAX = Long.SIZE - 2;
    private static final long PERMUTATION = 0x9e3779b97f4a7c15L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long U32_MAX = 0xffffffffL;

    private final long began;
    private final int versionBits;
    private final long places;
    private long taken;
    private long secondMin;
    private long secondLast;
    private volatile Work work;

    /// @param nanoTime now, which is when the first time of the work becomes allowed
    SearchSpace(Work work, long nanoTime) {
        this.work = work;
        this.began = nanoTime;
        this.versionBits = Long.bitCount(work.versionMask());
        int bits = RUN_BITS + versionBits + Byte.SIZE * work.merkleRoots().extranonceSize();
        this.places = 1L << Math.min(bits, BITS_MAX);
    }

    Work work() {
        return work;
    }

    /// The work goes on where it is, with another target.
    void retarget(Target target) {
        work = work.withTarget(target);
    }

    /// The next segment; empty if there is none before the next second.
    Optional<Segment> next(long nanoTime) {
        return take(nanoTime).map(this::segment);
    }

    /// Nanoseconds until a new header time is allowed, more than 0.
    long nanosToNextSecond(long nanoTime) {
        return NANOS_PER_SECOND - Math.floorMod(nanoTime - began, NANOS_PER_SECOND);
    }

    /// @param place  in the order of the permutation
    /// @param second seconds after the work's first time
    private record Slot(long place, long second) {}

    private synchronized Optional<Slot> take(long nanoTime) {
        if (taken == places) {
            taken = 0;
            secondMin = secondLast + 1;
        }
        long second = Math.max(secondLast, Math.floorDiv(nanoTime - began, NANOS_PER_SECOND));
        if (second < secondMin || work.nTime() + second > U32_MAX) {
            return Optional.empty();
        }
        secondLast = second;
        return Optional.of(new Slot((taken++ * PERMUTATION) & (places - 1), second));
    }

    private Segment segment(Slot slot) {
        long run = slot.place() & ((1L << RUN_BITS) - 1);
        long versionChoice = (slot.place() >>> RUN_BITS) & ((1L << versionBits) - 1);
        long extranonceChoice = slot.place() >>> (RUN_BITS + versionBits);
        Extranonce extranonce =
                Extranonce.ofNumber(extranonceChoice, work.merkleRoots().extranonceSize());
        BlockHeader header = new BlockHeader(
                (work.version() & ~work.versionMask()) | Long.expand(versionChoice, work.versionMask()),
                work.prevHash(),
                work.merkleRoots().root(extranonce),
                work.nTime() + slot.second(),
                work.nBits(),
                run * SEGMENT_NONCES);
        return new Segment(header, extranonce);
    }

    /// A run of [#SEGMENT_NONCES] nonces.
    ///
    /// @param header     with the first nonce
    /// @param extranonce behind the header's merkle root
    record Segment(BlockHeader header, Extranonce extranonce) {}
}
