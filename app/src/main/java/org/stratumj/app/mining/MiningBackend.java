package org.stratumj.app.mining;

import org.stratumj.bitcoin.Target;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.HashRates;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.ConnectionId;

/// The role behind a [MiningServer]: where work comes from and where shares go. Any thread.
public interface MiningBackend {

    /// The newest work.
    Work work();

    /// Whether channels may open on that work; if not, requests wait until it changes.
    boolean isOpen();

    /// The target that no channel's should be below: there are hashes that the backend wants to hear of
    /// between.
    Target hardest();

    /// What the coinbases of all jobs pay.
    Payout payout();

    /// Takes a share, before anything else is done with it: a block has to go on its way whatever its credit.
    ///
    /// @return the verdict to answer the miner with: this one, or one that refuses what the backend cannot
    /// credit
    ShareVerdict onShare(ConnectionId miner, ShareVerdict verdict);

    /// The hash rates of a miner's channels have changed.
    ///
    /// @param rates sums over all its channels; [HashRates#NONE] without any
    default void onHashRate(ConnectionId miner, HashRates rates) {}
}
