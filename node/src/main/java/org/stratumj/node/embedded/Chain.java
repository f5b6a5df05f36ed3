package org.stratumj.node.embedded;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.node.SubmitOutcome;

/// The tree of blocks, the branch with the most work, and the coins at its end. Not thread-safe.
final class Chain implements CoinView {
    /// Depth at which blocks lose their bodies, and so the deepest reorganisation.
    static final int BODIES_KEPT = 288;

    /// Blocks off the best branch that are remembered.
    static final int SIDE_BLOCKS_MAX = 50;

    /// Ids of invalid blocks that are remembered.
    static final int INVALID_BLOCKS_MAX = 1000;

    private final ChainProfile profile;
    private final Map<Hash256, ChainEntry> index = new HashMap<>();
    private final SequencedSet<Hash256> side = new LinkedHashSet<>();
    private final SequencedSet<Hash256> invalid = new LinkedHashSet<>();
    private final Map<OutPoint, Coin> coins = new HashMap<>();
    private ChainEntry tip;

    Chain(ChainProfile profile) {
        this.profile = profile;
        tip = ChainEntry.genesis(profile.genesis());
        index.put(tip.hash(), tip);
    }

    ChainProfile profile() {
        return profile;
    }

    ChainEntry tip() {
        return tip;
    }

    /// Whether the block is in the tree, on the best branch or off it.
    boolean contains(Hash256 block) {
        return index.containsKey(block);
    }

    @Override
    public @Nullable Coin coin(OutPoint where) {
        return coins.get(where);
    }

    /// All coins at the tip.
    Map<OutPoint, Coin> coins() {
        return Collections.unmodifiableMap(coins);
    }

    /// Validates a block and, if that makes the branch it ends the one with the most work, moves there.
    ///
    /// @param now  seconds since the Unix epoch
    /// @param kept is given the block when it is valid as far as looked at, just before it is taken; its exception
    ///     leaves the chain as before and is passed on
    SubmitOutcome submit(HashedBlock block, long now, Consumer<HashedBlock> kept) {
        if (index.containsKey(block.hash())) {
            return new SubmitOutcome.Duplicate();
        }
        if (invalid.contains(block.hash())) {
            return new SubmitOutcome.Rejected("duplicate-invalid");
        }
        try {
            BlockRules.checkProofOfWork(block, profile);
            BlockRules.checkAlone(block);
            ChainEntry previous = previousOf(block);
            BlockRules.checkHeader(block.block().header(), previous, profile, now);
            return accept(block, previous, kept);
        } catch (RuleViolation violation) {
            return new SubmitOutcome.Rejected(violation.reason());
        }
    }

    /// Validates a block that has no proof of work yet, and forgets it.
    ///
    /// @param now seconds since the Unix epoch
    SubmitOutcome propose(HashedBlock block, long now) {
        if (index.containsKey(block.hash())) {
            return new SubmitOutcome.Duplicate();
        }
        if (!block.block().header().prevHash().equals(tip.hash())) {
            return new SubmitOutcome.Rejected("inconclusive-not-best-prevblk");
        }
        try {
            BlockRules.checkHeader(block.block().header(), tip, profile, now);
            BlockRules.checkAlone(block);
            BlockRules.checkBody(block.block(), tip);
            BlockConnector.connect(block, tip, this, profile);
            return new SubmitOutcome.Accepted();
        } catch (RuleViolation violation) {
            return new SubmitOutcome.Rejected(violation.reason());
        }
    }

    /// The transactions, coinbases aside, of the blocks from `before` back to where the best branch left it, in
    /// order.
    List<Transaction> left(ChainEntry before) {
        List<Transaction> transactions = new ArrayList<>();
        for (ChainEntry entry = before; entry != null && !isAncestorOfTip(entry); entry = entry.previous()) {
            HashedBlock body = entry.body();
            if (body != null) {
                List<Transaction> all = body.block().transactions();
                transactions.addAll(0, all.subList(1, all.size()));
            }
        }
        return transactions;
    }

    private ChainEntry previousOf(HashedBlock block) {
        Hash256 prevHash = block.block().header().prevHash();
        RuleViolation.check(!invalid.contains(prevHash), "bad-prevblk");
        ChainEntry previous = index.get(prevHash);
        if (previous == null) {
            throw new RuleViolation("prev-blk-not-found");
        }
        return previous;
    }

    private SubmitOutcome accept(HashedBlock block, ChainEntry previous, Consumer<HashedBlock> kept) {
        try {
            BlockRules.checkBody(block.block(), previous);
        } catch (RuleViolation violation) {
            if (!violation.mutated()) {
                remember(invalid, block.hash(), INVALID_BLOCKS_MAX);
            }
            throw violation;
        }
        ChainEntry entry = previous.next(block);
        if (entry.work().compareTo(tip.work()) <= 0) {
            kept.accept(block);
            index.put(entry.hash(), entry);
            addSide(entry);
            return new SubmitOutcome.Rejected(SubmitOutcome.INCONCLUSIVE);
        }
        return moveTo(entry, () -> kept.accept(block));
    }

    /// Leaves the best branch back to the fork and connects the new one up to `wanted`; back again if that fails.
    private SubmitOutcome moveTo(ChainEntry wanted, Runnable kept) {
        List<ChainEntry> branch = branchTo(wanted);
        if (branch.isEmpty()) {
            return new SubmitOutcome.Rejected(SubmitOutcome.INCONCLUSIVE);
        }
        ChainEntry before = tip;
        disconnectTo(branch.getFirst().height() - 1);
        for (ChainEntry entry : branch) {
            try {
                connect(entry);
            } catch (RuleViolation violation) {
                forgetFrom(branch, entry);
                restore(before);
                return new SubmitOutcome.Rejected(entry == wanted ? violation.reason() : SubmitOutcome.INCONCLUSIVE);
            }
        }
        try {
            kept.run();
        } catch (RuntimeException e) {
            restore(before);
            throw e;
        }
        index.put(wanted.hash(), wanted);
        branch.forEach(entry -> side.remove(entry.hash()));
        for (ChainEntry left = before; !isAncestorOfTip(left) && left.previous() != null; left = left.previous()) {
            addSide(left);
        }
        prune();
        return new SubmitOutcome.Accepted();
    }

    /// The blocks from the fork, exclusive, to `wanted`; none if one of them, or one to disconnect, has been
    /// pruned.
    private List<ChainEntry> branchTo(ChainEntry wanted) {
        List<ChainEntry> branch = new ArrayList<>();
        ChainEntry entry = wanted;
        while (!isAncestorOfTip(entry)) {
            if (entry.body() == null || entry.previous() == null) {
                return List.of();
            }
            branch.add(entry);
            entry = entry.previous();
        }
        return tip.height() - entry.height() > BODIES_KEPT ? List.of() : branch.reversed();
    }

    private boolean isAncestorOfTip(ChainEntry entry) {
        return entry.height() <= tip.height() && tip.ancestor(entry.height()) == entry;
    }

    private void connect(ChainEntry entry) {
        HashedBlock body = entry.body();
        if (body == null) {
            throw new IllegalStateException("a pruned block cannot be connected: " + entry.hash());
        }
        CoinChanges changes = BlockConnector.connect(body, tip, this, profile);
        changes.spent().keySet().forEach(coins::remove);
        coins.putAll(changes.created());
        entry.changes(changes);
        tip = entry;
    }

    private void disconnectTo(int height) {
        while (tip.height() > height) {
            CoinChanges changes = tip.changes();
            ChainEntry previous = tip.previous();
            if (changes == null || previous == null) {
                throw new IllegalStateException("a pruned block cannot be disconnected: " + tip.hash());
            }
            changes.created().keySet().forEach(coins::remove);
            coins.putAll(changes.spent());
            tip.changes(null);
            tip = previous;
        }
    }

    private void restore(ChainEntry before) {
        ChainEntry fork = before;
        while (!isAncestorOfTip(fork) && fork.previous() != null) {
            fork = fork.previous();
        }
        disconnectTo(fork.height());
        branchTo(before).forEach(this::connect);
    }

    /// Marks the blocks of a branch from `bad` on as invalid.
    private void forgetFrom(List<ChainEntry> branch, ChainEntry bad) {
        for (ChainEntry entry : branch.subList(branch.indexOf(bad), branch.size())) {
            index.remove(entry.hash());
            side.remove(entry.hash());
            remember(invalid, entry.hash(), INVALID_BLOCKS_MAX);
        }
    }

    private void addSide(ChainEntry entry) {
        Hash256 dropped = remember(side, entry.hash(), SIDE_BLOCKS_MAX);
        ChainEntry oldest = dropped == null ? null : index.remove(dropped);
        if (oldest != null) {
            oldest.prune();
        }
    }

    private void prune() {
        int deep = tip.height() - BODIES_KEPT;
        if (deep > 0) {
            tip.ancestor(deep).prune();
        }
    }

    /// Adds to a set with a bound; what had to go for it, if anything.
    private static @Nullable Hash256 remember(SequencedSet<Hash256> set, Hash256 hash, int max) {
        set.add(hash);
        return set.size() > max ? set.removeFirst() : null;
    }
}
