package org.stratumj.miner;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BlockHeader;

/// What one thread of a [MiningRig] does: take a segment, hash it slice by slice while its work is current, rest
/// where the limit says so.
final class MiningThread {
    /// Rest after a failure, so that one that repeats does not fill the log.
    static final long FAILURE_REST_NANOS = 1_000_000_000;

    private static final System.Logger LOG = System.getLogger(MiningThread.class.getName());

    private final MiningRig rig;
    private final HashEngine engine;
    private final Pace pace = new Pace();

    MiningThread(MiningRig rig, HashEngine engine) {
        this.rig = rig;
        this.engine = engine;
    }

    void run() {
        while (!rig.closed()) {
            try {
                runUntilClosed();
            } catch (VirtualMachineError e) {
                throw e; // for the handler of uncaught exceptions
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, Thread.currentThread().getName() + ": hashing failed", e);
                LockSupport.parkNanos(this, FAILURE_REST_NANOS);
            }
        }
    }

    private void runUntilClosed() {
        while (!rig.closed()) {
            SearchSpace space = rig.space();
            if (space == null) {
                rest(null, Long.MAX_VALUE);
                continue;
            }
            long now = rig.nanoTime();
            Optional<SearchSpace.Segment> segment = space.next(now);
            if (segment.isPresent()) {
                mine(space, segment.get());
            } else {
                rest(space, space.nanosToNextSecond(now));
            }
        }
    }

    private void mine(SearchSpace space, SearchSpace.Segment segment) {
        long done = 0;
        while (done < SearchSpace.SEGMENT_NONCES && rig.space() == space) {
            double limit = rig.threadHashesPerSecondMax();
            long slice = Math.min(pace.slice(limit), SearchSpace.SEGMENT_NONCES - done);
            Work work = space.work();
            long began = rig.nanoTime();
            engine.scan(segment.header(), work.target(), segment.header().nonce() + done, slice, nonce -> {
                rig.solved(solution(work, segment, nonce));
                return true;
            });
            done += slice;
            long ended = rig.nanoTime();
            rig.meter().add(slice, began, ended);
            rest(space, pace.rest(limit, slice, began, ended));
        }
    }

    private static Solution solution(Work work, SearchSpace.Segment segment, long nonce) {
        BlockHeader given = segment.header();
        BlockHeader header = new BlockHeader(
                given.version(), given.prevHash(), given.merkleRoot(), given.time(), given.nBits(), nonce);
        return new Solution(work, header, segment.extranonce(), header.hash());
    }

    /// Rests for so long or until there is other work or another limit.
    private void rest(@Nullable SearchSpace space, long nanos) {
        double limit = rig.threadHashesPerSecondMax();
        long began = System.nanoTime();
        long left = nanos;
        while (left > 0 && rig.space() == space && !rig.closed() && rig.threadHashesPerSecondMax() == limit) {
            LockSupport.parkNanos(this, left);
            // A consumer may have left the interrupt set, with which parking would return at once for ever.
            Thread.interrupted();
            left = nanos - (System.nanoTime() - began);
        }
    }
}
