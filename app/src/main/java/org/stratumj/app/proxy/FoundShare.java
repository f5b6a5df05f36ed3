package org.stratumj.app.proxy;

import java.util.Optional;
import org.stratumj.app.block.BlockParts;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.share.Solution;
import org.stratumj.connection.ConnectionId;

/// From the mining server to the mining client: a share that may be worth something upstream.
///
/// @param miner   whose it is
/// @param verdict what was found about it here
record FoundShare(ConnectionId miner, ShareVerdict verdict) {

    /// Of its header.
    ///
    /// @throws java.util.NoSuchElementException if nothing was hashed
    Hash256 hash() {
        return verdict.solution().orElseThrow().hash();
    }

    /// The block as far as it is known here.
    ///
    /// @throws java.util.NoSuchElementException if nothing was hashed
    BlockParts parts() {
        Solution solution = verdict.solution().orElseThrow();
        return new BlockParts(
                solution.header(),
                RawTransaction.of(solution.job().coinbase().complete(solution.extranonce())),
                solution.job().merklePath(),
                solution.job().origin().toString());
    }

    /// The event of a block that does not go up; empty for any other share, which is nobody's loss.
    Optional<RoleEvent> lost(String why) {
        return verdict.isBlock()
                ? Optional.of(new RoleEvent.BlockRejected(ProxyRole.NAME, hash().toString(), why))
                : Optional.empty();
    }
}
