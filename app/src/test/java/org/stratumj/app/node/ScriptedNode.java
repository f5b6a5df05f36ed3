package org.stratumj.app.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/// A node that plays what a test tells it to: templates are pushed by hand, outcomes come from a queue.
public class ScriptedNode implements NodeBackend {
    private final List<NodeListener> watching = new ArrayList<>();
    private final List<RawBlock> submitted = new ArrayList<>();
    private final Deque<Object> outcomes = new ArrayDeque<>();
    private BlockTemplate template;
    private boolean closed;

    public ScriptedNode(BlockTemplate template) {
        this.template = template;
    }

    /// The next submission ends like this; without, blocks are accepted.
    public synchronized ScriptedNode answers(SubmitOutcome outcome) {
        outcomes.add(outcome);
        return this;
    }

    /// The next submission fails like this.
    public synchronized ScriptedNode fails(RuntimeException failure) {
        outcomes.add(failure);
        return this;
    }

    public void tip(BlockTemplate next) {
        template = next;
        listeners().forEach(listener -> listener.tipChanged(next));
    }

    public void fees(BlockTemplate next) {
        template = next;
        listeners().forEach(listener -> listener.feesRose(next));
    }

    public void lose(NodeException why) {
        listeners().forEach(listener -> listener.lost(why));
    }

    public synchronized List<RawBlock> submitted() {
        return List.copyOf(submitted);
    }

    public boolean closed() {
        return closed;
    }

    public synchronized List<NodeListener> listeners() {
        return List.copyOf(watching);
    }

    @Override
    public Network network() {
        return Network.REGTEST;
    }

    @Override
    public ChainTip tip() {
        return new ChainTip(template.prevHash(), template.height() - 1);
    }

    @Override
    public BlockTemplate template() {
        return template;
    }

    @Override
    public Watch watch(WatchPolicy policy, NodeListener listener) {
        synchronized (this) {
            watching.add(listener);
        }
        listener.tipChanged(template);
        return () -> {
            synchronized (this) {
                watching.remove(listener);
            }
        };
    }

    @Override
    public synchronized SubmitOutcome submit(RawBlock block) {
        submitted.add(block);
        return switch (outcomes.poll()) {
            case null -> new SubmitOutcome.Accepted();
            case RuntimeException failure -> throw failure;
            case SubmitOutcome outcome -> outcome;
            case Object other -> throw new IllegalStateException(String.valueOf(other));
        };
    }

    @Override
    public SubmitOutcome propose(RawBlock block) {
        throw new UnsupportedOperationException("nobody proposes here");
    }

    @Override
    public Optional<RawTransaction> transaction(Hash256 txid) {
        return Optional.empty();
    }

    @Override
    public Map<Hash256, RawTransaction> transactionsByWtxid(Collection<Hash256> wtxids) {
        return Map.of();
    }

    @Override
    public void close() {
        closed = true;
    }
}
