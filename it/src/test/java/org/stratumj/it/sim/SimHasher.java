package org.stratumj.it.sim;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.miner.Hasher;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Target;
import org.stratumj.connection.Lane;
import org.stratumj.miner.Extranonce;
import org.stratumj.miner.Solution;
import org.stratumj.miner.Work;

/// Hashes for one channel at a given rate. When the next hash comes that meets the target is left to chance, as it is
/// in life (a Poisson process); then it is really searched for, so that the header and its hash are what they
/// should be.
///
/// For one lane.
final class SimHasher implements Hasher {
    private static final int NONCE_OFFSET = BlockHeader.SIZE - Integer.BYTES;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Lane lane;
    private final SplittableRandom random;
    private final Consumer<Solution> solutions;
    private final double hashesPerSecond;
    private final Sha256d sha256d = new Sha256d();
    private final byte[] hash = new byte[Hash256.SIZE];
    private double expected;
    private @Nullable Work work;
    private long assignedAt;
    private Lane.@Nullable Scheduled next;

    SimHasher(Lane lane, SplittableRandom random, double hashesPerSecond, Consumer<Solution> solutions) {
        this.lane = lane;
        this.random = random;
        this.hashesPerSecond = hashesPerSecond;
        this.solutions = solutions;
        expected = hashesPerSecond;
    }

    @Override
    public void assign(Work newest) {
        work = newest;
        assignedAt = lane.nanoTime();
        hash();
    }

    @Override
    public void retarget(Target target) {
        if (work != null) {
            work = work.withTarget(target);
            hash();
        }
    }

    @Override
    public void idle() {
        work = null;
        cancel();
    }

    @Override
    public double hashesPerSecond() {
        return work == null ? 0 : hashesPerSecond;
    }

    @Override
    public double expectedHashesPerSecond() {
        return expected;
    }

    @Override
    public void expect(double rate) {
        expected = rate;
    }

    /// Waits for the next solution; how long it has been waited for already does not matter.
    private void hash() {
        cancel();
        Work present = work;
        if (present != null) {
            double seconds = present.target().expectedHashes() / hashesPerSecond * nextExponential();
            next = lane.schedule(() -> found(present), Duration.ofNanos((long) (seconds * NANOS_PER_SECOND)));
        }
    }

    private void found(Work present) {
        hash();
        solutions.accept(search(present));
    }

    private Solution search(Work present) {
        Extranonce extranonce =
                Extranonce.ofNumber(random.nextLong(), present.merkleRoots().extranonceSize());
        long seconds = Duration.ofNanos(lane.nanoTime() - assignedAt).toSeconds();
        BlockHeader header = new BlockHeader(
                (present.version() & ~present.versionMask()) | (random.nextLong() & present.versionMask()),
                present.prevHash(),
                present.merkleRoots().root(extranonce),
                present.nTime() + seconds,
                present.nBits(),
                0);
        byte[] bytes = header.bytes();
        int nonce = random.nextInt();
        while (true) {
            nonce++;
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[NONCE_OFFSET + i] = (byte) (nonce >>> (Byte.SIZE * i));
            }
            sha256d.update(bytes, 0, bytes.length).finish(hash, 0);
            if (present.target().isMetBy(hash, 0)) {
                return new Solution(
                        present, withNonce(header, Integer.toUnsignedLong(nonce)), extranonce, Hash256.of(hash));
            }
        }
    }

    private static BlockHeader withNonce(BlockHeader header, long nonce) {
        return new BlockHeader(
                header.version(), header.prevHash(), header.merkleRoot(), header.time(), header.nBits(), nonce);
    }

    private double nextExponential() {
        return -Math.log(1 - random.nextDouble());
    }

    private void cancel() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }
}
