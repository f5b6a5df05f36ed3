package org.stratumj.node;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;

/// A Bitcoin node, as mining uses one: what to build on, what to put in a block, and where to bring a found block.
///
/// All methods may be called from any thread and may block for as long as the node takes to answer, so never from a
/// lane. They throw a [NodeException] when the node does not do its part.
public interface NodeBackend extends AutoCloseable {
    /// The chain the node is on.
    Network network();

    /// The best block now.
    ChainTip tip();

    /// A block to mine on the best block now, as full as the node makes it.
    /// [BlockTemplate#withReserved] makes room for a larger coinbase.
    BlockTemplate template();

    /// Tells `listener` of new templates until the result is closed: the one of the current tip at once, then one
    /// for each new tip without delay, and one whenever fees on the same tip have risen as `policy` says.
    Watch watch(WatchPolicy policy, NodeListener listener);

    /// Submits a block to validate and publish. Calls are independent: a slow one does not delay others.
    ///
    /// @return the node's verdict; the same block need not be submitted to this node again
    /// @throws NodeException of any kind if there is no verdict: credentials refused, overload, an error of the
    ///     node, no answer, or one that cannot be read. The node may have the block or not, so submit it again
    ///     later; [SubmitOutcome.Duplicate] then means that the node took the earlier submission
    SubmitOutcome submit(RawBlock block);

    /// Asks the node whether it would accept this block but for its proof of work, which is not looked at. The
    /// block must build on the current tip (`inconclusive-not-best-prevblk` otherwise); everything else, the
    /// merkle root included, must be right.
    SubmitOutcome propose(RawBlock block);

    /// A transaction that the node knows, by its id.
    Optional<RawTransaction> transaction(Hash256 txid);

    /// Those of these transactions that the node knows, by the ids that commit to their witnesses.
    Map<Hash256, RawTransaction> transactionsByWtxid(Collection<Hash256> wtxids);

    /// Time since the first call that the node has not answered, tried again or not; zero while it answers.
    default Duration silence() {
        return Duration.ZERO;
    }

    /// Ends all watches and lets go of the node.
    @Override
    void close();
}
