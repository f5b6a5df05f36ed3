package org.stratumj.app.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.connection.ConnectionId;

/// The blocks that were found and are not known to be in the chain. Any thread.
///
/// SubmitSolution has no answer (07 §7.7), so a block counts as accepted only when it is the tip that new
/// templates build on. Until then it is submitted once on each connection to a template provider, and kept
/// while the chain could still come back to it.
final class FoundBlocks {
    /// The most blocks kept. When there are more, the first to go is the oldest that does not build on the tip.
    static final int BLOCKS_MAX = 256;

    /// How many tips later a block is given up.
    static final int TIPS_KEPT = 6;

    private final SequencedMap<Hash256, Entry> entries = new LinkedHashMap<>();
    private Hash256 tip = Hash256.ZERO;
    private long tips;
    private long found;
    private long accepted;

    private static final class Entry {
        private final long foundAtTip;
        private FoundBlock block;
        private boolean saved;
        private boolean offered;
        private @Nullable ConnectionId submittedOn;
        private boolean overtaken;

        Entry(FoundBlock block, long foundAtTip, boolean saved) {
            this.block = block;
            this.foundAtTip = foundAtTip;
            this.saved = saved;
            offered = block.jobId() != FoundBlock.NO_JOB;
        }

        Gone gone() {
            return new Gone(
                    block,
                    offered
                            ? "it is not in the chain " + TIPS_KEPT + " tips later"
                            : "no template provider offered its template again");
        }
    }

    /// What a new tip says of our blocks.
    ///
    /// @param accepted  the block that is the tip, if it is ours
    /// @param overtaken ours that waited to become the tip when another did; each is told of once
    /// @param gone      those given up
    record Outcome(Optional<FoundBlock> accepted, List<FoundBlock> overtaken, List<Gone> gone) {}

    /// A block that is given up, and why.
    record Gone(FoundBlock block, String reason) {}

    /// Keeps a block that was just found; it is submitted after [#saved].
    ///
    /// @return false if it is here already
    synchronized boolean add(FoundBlock block) {
        boolean fresh = put(new Entry(block, tips, false));
        found += fresh ? 1 : 0;
        return fresh;
    }

    /// Keeps a block of an earlier life of the pool.
    synchronized void restore(FoundBlock block) {
        put(new Entry(block, tips, true));
    }

    /// The block is in its file, or will not be: it may be submitted.
    synchronized void saved(Hash256 hash) {
        Entry entry = entries.get(hash);
        if (entry != null) {
            entry.saved = true;
        }
    }

    /// The blocks not yet submitted on this connection, those on the tip first, then the newest. They count as
    /// submitted from now on.
    synchronized List<FoundBlock> takeUnsubmitted(ConnectionId connection) {
        List<Entry> unsubmitted = entries.sequencedValues().reversed().stream()
                .filter(entry -> entry.saved && !connection.equals(entry.submittedOn))
                .sorted(Comparator.comparing(entry -> !isOnTip(entry)))
                .toList();
        unsubmitted.forEach(entry -> entry.submittedOn = connection);
        return unsubmitted.stream().map(entry -> entry.block).toList();
    }

    /// Solutions of this job are to be submitted once more, also on a connection that has taken them.
    synchronized void submitAgain(long jobId) {
        entries.values().stream()
                .filter(entry -> entry.block.jobId() == jobId)
                .forEach(entry -> entry.submittedOn = null);
    }

    /// A template provider offers a template. Blocks of an earlier life that were found on it are to be submitted under
    /// its id.
    ///
    /// @param prevHash   the block that the template builds on
    /// @param path       from a coinbase up to the merkle root of its block
    /// @param templateId U64
    synchronized void offer(Hash256 prevHash, MerklePath path, long templateId) {
        for (Entry entry : entries.values()) {
            FoundBlock block = entry.block;
            if (block.jobId() == FoundBlock.NO_JOB
                    && block.prevHash().equals(prevHash)
                    && block.parts().isOn(path)) {
                entry.offered = true;
                if (block.message().templateId() != templateId) {
                    entry.block = block.at(templateId);
                    entry.submittedOn = null;
                }
            }
        }
    }

    /// The chain has another tip.
    synchronized Outcome onTip(Hash256 newTip) {
        tip = newTip;
        tips++;
        Optional<FoundBlock> ours = Optional.ofNullable(entries.remove(newTip)).map(entry -> entry.block);
        accepted += ours.isPresent() ? 1 : 0;
        List<FoundBlock> overtaken = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (!entry.overtaken && !isOnTip(entry)) {
                entry.overtaken = true;
                overtaken.add(entry.block);
            }
        }
        List<Entry> old = entries.values().stream()
                .filter(entry -> tips - entry.foundAtTip > TIPS_KEPT)
                .toList();
        entries.values().removeAll(old);
        return new Outcome(ours, overtaken, old.stream().map(Entry::gone).toList());
    }

    /// Blocks found since the start.
    synchronized long found() {
        return found;
    }

    /// Blocks that became the tip since the start.
    synchronized long accepted() {
        return accepted;
    }

    private boolean put(Entry entry) {
        if (entries.putIfAbsent(entry.block.hash(), entry) != null) {
            return false;
        }
        if (entries.size() > BLOCKS_MAX) {
            entries.remove(leastHopeful().block.hash());
        }
        return true;
    }

    private Entry leastHopeful() {
        return entries.values().stream()
                .filter(entry -> !isOnTip(entry))
                .findFirst()
                .orElseGet(() -> entries.firstEntry().getValue());
    }

    private boolean isOnTip(Entry entry) {
        return entry.block.prevHash().equals(tip);
    }
}
