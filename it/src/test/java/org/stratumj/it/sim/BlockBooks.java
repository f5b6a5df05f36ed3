package org.stratumj.it.sim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.it.sim.Chronicle.Count;
import org.stratumj.node.SubmitOutcome;

/// What becomes of the blocks that are found. Each that a pool announced has to reach the node, or somebody has to say
/// why it did not; and while nothing goes wrong, so has each that a miner found on the tip of the chain.
final class BlockBooks {
    /// A block waits in a pool for a template provider, and is given up when the chain has moved on, of which the pool
    /// has to hear first.
    private static final Duration POOL_MAX = Duration.ofMinutes(20);

    /// From a miner's hash to the node, through proxies and pool.
    private static final Duration CALM_MAX = Duration.ofSeconds(30);

    private final Chronicle chronicle;
    private final LongSupplier nanoTime;
    private final Map<Hash256, AtPool> atPools = new LinkedHashMap<>();
    private final Map<Hash256, AtMiner> atMiners = new LinkedHashMap<>();
    private long accepted;

    private record AtPool(String pool, long at) {}

    private record AtMiner(String miner, long at) {}

    BlockBooks(Chronicle chronicle, LongSupplier nanoTime) {
        this.chronicle = chronicle;
        this.nanoTime = nanoTime;
    }

    long accepted() {
        return accepted;
    }

    /// A miner found a block on the tip while nothing goes wrong.
    void solvedInCalm(String miner, Hash256 block) {
        atMiners.put(block, new AtMiner(miner, nanoTime.getAsLong()));
    }

    /// The chain has another tip: blocks that were found at about the same time may have lost.
    void tipChanged() {
        atMiners.clear();
    }

    /// A pool says that it has a block.
    void foundByPool(String pool, Hash256 block) {
        chronicle.count(Count.BLOCKS);
        atPools.putIfAbsent(block, new AtPool(pool, nanoTime.getAsLong()));
    }

    /// The node has judged a block.
    void judged(Hash256 block, SubmitOutcome outcome) {
        chronicle.tell("node", outcome + " " + block);
        chronicle.digest(block.hashCode());
        if (outcome instanceof SubmitOutcome.Accepted) {
            accepted++;
        }
        chronicle.check(
                !(outcome instanceof SubmitOutcome.Rejected(String reason))
                        || reason.equals(SubmitOutcome.INCONCLUSIVE),
                "node",
                () -> "the node refuses block " + block + ": " + outcome);
        explained(block);
    }

    /// Somebody said why a block did not make it.
    void explained(Hash256 block) {
        atPools.remove(block);
        atMiners.remove(block);
    }

    /// The process of a pool is gone, and with it what it knew.
    void lostWith(String pool) {
        atPools.values().removeIf(found -> found.pool().equals(pool));
    }

    void scan() {
        long now = nanoTime.getAsLong();
        atPools.forEach((block, found) -> chronicle.check(
                now - found.at() <= POOL_MAX.toNanos(),
                found.pool(),
                () -> "nothing is known of block " + block + ", found at " + Chronicle.time(found.at())));
        atMiners.forEach((block, found) -> chronicle.check(
                now - found.at() <= CALM_MAX.toNanos(),
                found.miner(),
                () -> "block " + block + ", found at " + Chronicle.time(found.at()) + ", did not reach the node"));
    }
}
