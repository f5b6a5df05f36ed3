package org.stratumj.app.proxy;

import org.stratumj.app.block.BlockKeeper;
import org.stratumj.app.mining.MiningBackend;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.HashRates;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.ConnectionId;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.service.Link;

/// What stands behind all miners of a proxy: work comes down, shares that are worth something go up. Any thread.
///
/// A share is acknowledged once it is found good here, against the target of the miner's own channel. What the
/// upstream says of it comes later and changes nothing for the miner, since an acknowledgement cannot be taken back.
/// So a share that is known not to go up is refused here: while the upstream is gone its jobs are as good as stale. A
/// block is no such share: its finder sees no error.
final class Proxy implements MiningBackend {
    private final Hashrates hashrates;
    private final OwnBlocks blocks;
    private final BlockKeeper keeper;
    private final Link<FoundShare> toUpstream;
    private final RoleEvents events;
    private volatile Supply supply;

    Proxy(
            Supply supply,
            Hashrates hashrates,
            OwnBlocks blocks,
            BlockKeeper keeper,
            Link<FoundShare> toUpstream,
            RoleEvents events) {
        this.supply = supply;
        this.hashrates = hashrates;
        this.blocks = blocks;
        this.keeper = keeper;
        this.toUpstream = toUpstream;
        this.events = events;
    }

    Supply supply() {
        return supply;
    }

    void supply(Supply newest) {
        supply = newest;
    }

    @Override
    public Work work() {
        return supply.work();
    }

    @Override
    public boolean isOpen() {
        return supply.upstream();
    }

    @Override
    public Target hardest() {
        return supply.hardest();
    }

    @Override
    public Payout payout() {
        return Payout.NONE;
    }

    @Override
    public void onHashRate(ConnectionId miner, HashRates rates) {
        hashrates.set(miner, rates);
    }

    @Override
    public ShareVerdict onShare(ConnectionId miner, ShareVerdict verdict) {
        Supply now = supply;
        FoundShare share = new FoundShare(miner, verdict);
        if (verdict.isBlock()) {
            blocks.add(share.hash());
            events.on(new RoleEvent.BlockFound(ProxyRole.NAME, share.hash().toString()));
        }
        boolean credited = verdict.credit() instanceof Credited;
        boolean goesUp = verdict.isBlock()
                || (credited && now.upstream() && now.easiest().isMetBy(share.hash()));
        if (goesUp && !pass(share)) {
            return refused(verdict, ErrorCode.INTERNAL_ERROR);
        }
        return now.upstream() ? verdict : refused(verdict, ErrorCode.STALE_SHARE);
    }

    /// A credited block keeps its credit: the miner has done its part, and the log has the outcome.
    private static ShareVerdict refused(ShareVerdict verdict, ErrorCode code) {
        return verdict.credit() instanceof Credited && !verdict.isBlock() ? verdict.refused(code) : verdict;
    }

    /// @return false if a share finds no room on the way; a block is saved first, and reported if there is none then
    private boolean pass(FoundShare share) {
        if (!share.verdict().isBlock()) {
            return toUpstream.offer(share);
        }
        keeper.keep(share.hash(), share::parts, () -> passBlock(share));
        return true;
    }

    private void passBlock(FoundShare share) {
        if (!toUpstream.offerUrgent(share)) {
            share.lost("too many shares wait for the upstream").ifPresent(events::on);
        }
    }
}
