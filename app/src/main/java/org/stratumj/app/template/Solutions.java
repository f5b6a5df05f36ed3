package org.stratumj.app.template;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.block.BlockDisk;
import org.stratumj.app.block.BlockFiles;
import org.stratumj.app.block.BlockName;
import org.stratumj.app.block.Fate;
import org.stratumj.app.block.FewLines;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.protocol.template.SubmitSolution;

/// Takes solutions from clients and brings the blocks to every node. Any thread; nodes and disk are only used on
/// threads of the submitters.
///
/// The work is checked first, so that only real proof of work costs a node anything. A block is in its file before the
/// first submit, and pending until each node has given its verdict; only then is the same solution a duplicate.
final class Solutions implements AutoCloseable, NodeSubmitter.Listener {
    /// The most blocks pending at a time; of more, the oldest is left to its file.
    static final int PENDING_MAX = 1024;

    private static final Duration CLOSE_MAX = Duration.ofSeconds(1);

    private final String role;
    private final String chain;
    private final TemplateShelf shelf;
    private final RoleEvents events;
    private final InstantSource clock;
    private final @Nullable BlockDisk disk;
    private final Map<NodeSubmitter, String> nodes = new LinkedHashMap<>();
    private final SequencedMap<Hash256, Standing> pending = new LinkedHashMap<>();
    private final Map<NodeSubmitter, Integer> oldFailures = new HashMap<>();
    private final RecentHashes judged = new RecentHashes();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();

    /// @param network   of the nodes
    /// @param takers    the nodes by the names that the log has for them, at least one
    /// @param disk      where blocks are kept, closed with this; none to keep them in memory only
    /// @param executors makes one for each node, closed with this
    Solutions(
            String role,
            TemplateShelf shelf,
            Network network,
            Map<String, BlockTaker> takers,
            @Nullable BlockDisk disk,
            RoleEvents events,
            InstantSource clock,
            Supplier<ScheduledExecutorService> executors) {
        this.role = role;
        this.shelf = shelf;
        this.events = events;
        this.clock = clock;
        this.disk = disk;
        chain = network.name().toLowerCase(Locale.ROOT);
        takers.forEach(
                (name, node) -> nodes.put(new NodeSubmitter(node, this::tipHeight, this, executors.get()), name));
    }

    long found() {
        return found.get();
    }

    long accepted() {
        return accepted.get();
    }

    /// Submits the blocks that an earlier life of this program left without a verdict. Blocks on the disk, as
    /// [BlockDisk#resume].
    void resume() {
        if (disk != null) {
            disk.resume(files -> readAll(files, disk), this::resume);
        }
    }

    private List<PendingBlock> readAll(BlockFiles files, BlockDisk disk) {
        files.probe();
        return files.resume(chain, (file, text) -> PendingBlock.of(file, text, disk));
    }

    /// Submits the oldest first, since a newer one may build on it.
    private void resume(List<PendingBlock> blocks) {
        FewLines lines = new FewLines(this::note);
        for (PendingBlock block : blocks.reversed()) {
            lines.add("block " + block.hash() + " of height " + block.height() + " had no verdict; submitted again");
            submit(block);
        }
        lines.end("%d more blocks had no verdict; submitted again");
    }

    /// Checks a client's solution and hands it on. A solution of a superseded template counts as well: the node
    /// decides.
    ///
    /// @return why it is refused, in one line, or nothing
    Optional<String> onSolution(SubmitSolution message) {
        Optional<ProvidedTemplate> template = switch (shelf.find(message.templateId())) {
            case TemplateShelf.Live live -> Optional.of(live.template());
            case TemplateShelf.Stale stale -> stale.template();
            case TemplateShelf.Unknown _ -> Optional.empty();
        };
        if (template.isEmpty()) {
            return Optional.of("template " + Long.toUnsignedString(message.templateId()) + " is not known any more");
        }
        try {
            return onSolution(template.get().solution(message));
        } catch (BitcoinFormatException e) {
            return Optional.of("its coinbase is no transaction: " + e.getMessage());
        }
    }

    private Optional<String> onSolution(Solution solution) {
        Hash256 hash = solution.hash();
        if (!solution.meetsTarget()) {
            return Optional.of("hash " + hash + " is above the target");
        }
        if (!judged.contains(hash)) {
            int height = solution.template().template().height();
            submit(PendingBlock.of(new BlockName(chain, height, hash, clock.instant()), solution::block, disk));
        }
        return Optional.empty();
    }

    /// Begins to submit a block to every node, or, where it is pending, tries at once those without a verdict.
    private void submit(PendingBlock block) {
        Standing standing;
        boolean fresh;
        List<NodeSubmitter> waiting;
        synchronized (this) {
            fresh = !pending.containsKey(block.hash());
            standing = pending.computeIfAbsent(block.hash(), _ -> new Standing(role, block, nodes.keySet()));
            waiting = standing.waiting();
        }
        if (fresh && !block.isOfEarlierLife()) {
            found.incrementAndGet();
            events.on(new RoleEvent.BlockFound(role, block.hash().toString()));
        }
        waiting.forEach(node -> node.submit(standing.block()));
        leaveOldest();
    }

    private void leaveOldest() {
        Hash256 oldest;
        synchronized (this) {
            if (pending.size() <= PENDING_MAX) {
                return;
            }
            oldest = pending.pollFirstEntry().getKey();
        }
        nodes.keySet().forEach(node -> node.forget(oldest));
        warn("block " + oldest + " is left to its file: more than " + PENDING_MAX + " blocks wait for the node");
    }

    @Override
    public void onVerdict(NodeSubmitter from, PendingBlock block, SubmitOutcome verdict) {
        conclude(block, standing -> standing.onVerdict(from, nameOf(from), verdict));
    }

    @Override
    public void onGivenUp(NodeSubmitter from, PendingBlock block, String why) {
        conclude(block, standing -> standing.onGivenUp(from, nameOf(from), why));
    }

    @Override
    public void onWaiting(NodeSubmitter from, PendingBlock block, int failures, String why) {
        if (Integer.bitCount(failures) != 1) { // 1, 2, 4, 8 …: an outage of a day makes a dozen lines
            return;
        }
        boolean old = block.isOfEarlierLife();
        if (old && !isFirstOfOld(from, failures)) {
            return;
        }
        String blocks = old ? "blocks of an earlier start wait" : "block " + block.hash() + " waits";
        String name = nameOf(from);
        warn(blocks + " for " + (name.isEmpty() ? "the node" : name) + ": " + why);
    }

    /// Of the blocks of an earlier life, which may be hundreds, the first to fail so often speaks for all.
    private synchronized boolean isFirstOfOld(NodeSubmitter node, int failures) {
        boolean first = failures > oldFailures.getOrDefault(node, 0);
        oldFailures.merge(node, failures, Math::max);
        return first;
    }

    private void conclude(PendingBlock block, Function<Standing, List<RoleEvent>> change) {
        List<RoleEvent> news;
        Optional<Fate> fate;
        synchronized (this) {
            Standing standing = pending.get(block.hash());
            if (standing == null) {
                return; // left to its file meanwhile
            }
            news = change.apply(standing);
            if (standing.isOver()) {
                pending.remove(block.hash());
            }
            if (standing.isJudged()) {
                judged.add(block.hash());
            }
            accepted.addAndGet(news.stream()
                    .filter(RoleEvent.BlockAccepted.class::isInstance)
                    .count());
            fate = standing.fate();
        }
        fate.ifPresent(block::settle);
        news.forEach(events::on);
    }

    /// What the log calls a node by: nothing where there is one only.
    private String nameOf(NodeSubmitter node) {
        return nodes.size() == 1 ? "" : nodes.getOrDefault(node, "");
    }

    private long tipHeight() {
        return shelf.current().map(edition -> edition.full().height() - 1L).orElse(0L);
    }

    private void note(String text) {
        events.on(new RoleEvent.Note(role, text));
    }

    private void warn(String text) {
        events.on(new RoleEvent.Warning(role, text));
    }

    /// Waits for submissions under way; blocks without a verdict are left to their files.
    @Override
    public void close() {
        nodes.keySet().forEach(NodeSubmitter::close);
        awaitDisk();
        try {
            for (NodeSubmitter node : nodes.keySet()) {
                node.awaitEnd(CLOSE_MAX.dividedBy(nodes.size()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (disk != null) {
            awaitDisk(); // for the names of blocks that have a verdict now
            disk.close();
        }
        long left = blocksLeft();
        if (left > 0) {
            warn(left + " found blocks have no verdict of the node; "
                    + (disk == null
                            ? "they were kept in memory only and are lost"
                            : "the next start submits them again from " + disk.directory()));
        }
    }

    private void awaitDisk() {
        if (disk != null) {
            disk.idle().toCompletableFuture().join();
        }
    }

    private synchronized long blocksLeft() {
        return pending.values().stream()
                .filter(standing -> standing.fate().isEmpty())
                .count();
    }
}
