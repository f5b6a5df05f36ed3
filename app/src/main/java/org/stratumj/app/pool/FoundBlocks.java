package org.stratumj.app.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
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
        private final FoundBlock block;
        private final long foundAtTip;
        private @Nullable ConnectionId submittedOn;
        private boolean overtaken;

        Entry(FoundBlock block, long foundAtTip) {
            this.block = block;
            this.foundAtTip = foundAtTip;
        }
    }

    /// What a new tip says of our blocks.
    ///
    /// @param accepted  the block that is the tip, if it is ours
    /// @param overtaken ours that waited to become the tip when another did; each is told of once
    record Outcome(Optional<FoundBlock> accepted, List<FoundBlock> overtaken) {}

    /// Keeps a block.
    ///
    /// @return false if it is here already
    synchronized boolean add(FoundBlock block) {
        if (entries.putIfAbsent(block.hash(), new Entry(block, tips)) != null) {
            return false;
        }
        found++;
        if (entries.size() > BLOCKS_MAX) {
            entries.remove(leastHopeful().block.hash());
        }
        return true;
    }

    /// The blocks not yet submitted on this connection, those on the tip first, then the newest. They count as
    /// submitted from now on.
    synchronized List<FoundBlock> takeUnsubmitted(ConnectionId connection) {
        List<Entry> unsubmitted = entries.sequencedValues().reversed().stream()
                .filter(entry -> !connection.equals(entry.submittedOn))
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

    /// The chain has another tip.
    synchronized Outcome onTip(Hash256 newTip) {
        tip = newTip;
        tips++;
        Optional<FoundBlock> ours = Optional.ofNullable(entries.remove(newTip)).map(entry -> entry.block);
        accepted += ours.isPresent() ? 1 : 0;
        List<FoundBlock> overtaken = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (!entry.overtaken) {
                entry.overtaken = true;
                overtaken.add(entry.block);
            }
        }
        entries.values().removeIf(entry -> tips - entry.foundAtTip > TIPS_KEPT);
        return new Outcome(ours, overtaken);
    }

    /// Blocks found since the start.
    synchronized long found() {
        return found;
    }

    /// Blocks that became the tip since the start.
    synchronized long accepted() {
        return accepted;
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
