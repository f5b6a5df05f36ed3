package org.stratumj.app.node;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.ChainTip;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;

/// A node that tells of what passes through it.
///
/// @param onTip     each tip that a watch reports
/// @param onOutcome of each submitted block, whether the node took it as new best block
/// @param onTrouble why the node does not answer; empty when it does again
record ObservedNode(NodeBackend node, Consumer<ChainTip> onTip, Consumer<Boolean> onOutcome, Consumer<String> onTrouble)
        implements NodeBackend {

    @Override
    public Network network() {
        return node.network();
    }

    @Override
    public ChainTip tip() {
        return node.tip();
    }

    @Override
    public BlockTemplate template() {
        return node.template();
    }

    @Override
    public Watch watch(WatchPolicy policy, NodeListener listener) {
        return node.watch(policy, new NodeListener() {
            @Override
            public void tipChanged(BlockTemplate template) {
                onTip.accept(new ChainTip(template.prevHash(), template.height() - 1));
                listener.tipChanged(template);
            }

            @Override
            public void feesRose(BlockTemplate template) {
                listener.feesRose(template);
            }

            @Override
            public void lost(NodeException why) {
                onTrouble.accept(String.valueOf(why.getMessage()));
                listener.lost(why);
            }

            @Override
            public void restored() {
                onTrouble.accept("");
                listener.restored();
            }
        });
    }

    @Override
    public SubmitOutcome submit(RawBlock block) {
        SubmitOutcome outcome = node.submit(block);
        onOutcome.accept(outcome instanceof SubmitOutcome.Accepted);
        return outcome;
    }

    @Override
    public SubmitOutcome propose(RawBlock block) {
        return node.propose(block);
    }

    @Override
    public Optional<RawTransaction> transaction(Hash256 txid) {
        return node.transaction(txid);
    }

    @Override
    public Map<Hash256, RawTransaction> transactionsByWtxid(Collection<Hash256> wtxids) {
        return node.transactionsByWtxid(wtxids);
    }

    @Override
    public Duration silence() {
        return node.silence();
    }

    /// Does nothing: whoever opened the node closes it.
    @Override
    public void close() {}
}
