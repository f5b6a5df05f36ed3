package org.stratumj.app.pool;

import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.share.Solution;
import org.stratumj.service.Link;

/// What all connections of a pool share. Any thread.
final class Pool {
    private final PoolConfig config;
    private final ExtranonceLeases leases;
    private final FoundBlocks blocks;
    private final Link<FoundBlock> toSource;
    private final RoleEvents events;
    private final SharedFrames frames = new SharedFrames();
    private final PoolShares shares = new PoolShares();
    private volatile Work work;

    Pool(
            PoolConfig config,
            ExtranonceLeases leases,
            Work work,
            FoundBlocks blocks,
            Link<FoundBlock> toSource,
            RoleEvents events) {
        this.config = config;
        this.leases = leases;
        this.work = work;
        this.blocks = blocks;
        this.toSource = toSource;
        this.events = events;
    }

    PoolConfig config() {
        return config;
    }

    ExtranonceLeases leases() {
        return leases;
    }

    RoleEvents events() {
        return events;
    }

    SharedFrames frames() {
        return frames;
    }

    PoolShares shares() {
        return shares;
    }

    /// The newest work.
    Work work() {
        return work;
    }

    void work(Work newest) {
        work = newest;
    }

    /// A miner found a block: to be called before anything else is done with its share.
    void found(Solution solution) {
        FoundBlock block = FoundBlock.of(solution);
        if (blocks.add(block)) {
            events.on(new RoleEvent.BlockFound(PoolRole.NAME, block.hash().toString()));
            // The block is in the list already, so where the link is full it goes out with those before it. No
            // reason to close the miner's connection, as Effect.Tell would.
            toSource.offer(block);
        }
    }
}
