package org.stratumj.app.pool;

import org.stratumj.app.block.BlockKeeper;
import org.stratumj.app.mining.MiningBackend;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Tip;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.share.Solution;
import org.stratumj.connection.ConnectionId;
import org.stratumj.service.Link;

/// What stands behind all connections of a pool: templates in, blocks out. Any thread.
final class Pool implements MiningBackend {
    private final PoolConfig config;
    private final FoundBlocks blocks;
    private final BlockKeeper keeper;
    private final Link<FoundBlock> toSource;
    private final RoleEvents events;
    private volatile Work work;

    Pool(
            PoolConfig config,
            Work work,
            FoundBlocks blocks,
            BlockKeeper keeper,
            Link<FoundBlock> toSource,
            RoleEvents events) {
        this.config = config;
        this.work = work;
        this.blocks = blocks;
        this.keeper = keeper;
        this.toSource = toSource;
        this.events = events;
    }

    @Override
    public Work work() {
        return work;
    }

    void work(Work newest) {
        work = newest;
    }

    @Override
    public boolean isOpen() {
        return work.active().isPresent();
    }

    /// No share target may be harder than the network's: the hashes between the two would be blocks that no
    /// miner submits.
    @Override
    public Target hardest() {
        return work.tip()
                .map(Tip::target)
                .orElse(config.terms().policy().targets().hardest());
    }

    @Override
    public Payout payout() {
        return config.payout();
    }

    @Override
    public ShareVerdict onShare(ConnectionId miner, ShareVerdict verdict) {
        verdict.block().ifPresent(this::found);
        return verdict;
    }

    private void found(Solution solution) {
        FoundBlock block = FoundBlock.of(solution);
        if (blocks.add(block)) {
            events.on(new RoleEvent.BlockFound(PoolRole.NAME, block.hash().toString()));
            block.parts()
                    .flaw()
                    .ifPresent(why -> events.on(new RoleEvent.Warning(
                            PoolRole.NAME, "no node will take block " + block.hash() + ": " + why)));
            keeper.keep(block.hash(), block::parts, () -> submit(block));
        }
    }

    private void submit(FoundBlock block) {
        blocks.saved(block.hash());
        // The block is in the list already, so where the link is full it goes out with those before it. No reason to
        // close the miner's connection, as Effect.Tell would.
        toSource.offerUrgent(block);
    }
}
