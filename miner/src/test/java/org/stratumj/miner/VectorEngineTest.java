package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Target;

class VectorEngineTest {
    private static final long HASHES = 1 << 14;
    private static final int ROUNDS_MAX = 20_000;
    private static final double BYTES_PER_HASH_MAX = 0.25;

    /// Goal: the compilers take every method of the rounds, so that vectors stay in registers. Where one does not
    /// get through, vectors are objects, kilobytes of them per hash. Method: hash until that stops.
    @Test
    void allocatesNothingPerHashOnceCompiled() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        HashEngine engine = new VectorEngine();
        double bytesPerHash = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS_MAX && bytesPerHash > BYTES_PER_HASH_MAX; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            engine.scan(Headers.GENESIS, Target.ZERO, 0, HASHES, nonce -> true);
            bytesPerHash = (double) (threads.getCurrentThreadAllocatedBytes() - before) / HASHES;
        }
        assertThat(bytesPerHash).isLessThanOrEqualTo(BYTES_PER_HASH_MAX);
    }
}
