package org.stratumj.app.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.protocol.template.SubmitSolution;

/// Takes solutions from clients and brings the blocks to the node. Any thread; the node is only talked to on a
/// thread of its own.
///
/// The work is checked first, so that only real proof of work costs the node anything. A block is saved, then
/// submitted, and while the node cannot be reached submitted again until [#RETRIES] are used up.
final class Solutions implements AutoCloseable {
    /// Pauses between attempts to reach the node: a minute in all.
    static final List<Duration> RETRIES = List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));

    private final String role;
    private final TemplateShelf shelf;
    private final NodeBackend node;
    private final @Nullable Path blocksDirectory;
    private final RoleEvents events;
    private final List<Duration> retries;
    private final ScheduledExecutorService submitting;
    private final RecentHashes seen = new RecentHashes();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();

    /// @param retries    pauses between attempts to reach the node
    /// @param submitting one thread, closed with this
    Solutions(
            String role,
            TemplateShelf shelf,
            NodeBackend node,
            @Nullable Path blocksDirectory,
            RoleEvents events,
            List<Duration> retries,
            ScheduledExecutorService submitting) {
        this.role = role;
        this.shelf = shelf;
        this.node = node;
        this.blocksDirectory = blocksDirectory;
        this.events = events;
        this.retries = retries;
        this.submitting = submitting;
    }

    long found() {
        return found.get();
    }

    long accepted() {
        return accepted.get();
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
        if (!solution.meetsTarget()) {
            return Optional.of("hash " + solution.hash() + " is above the target");
        }
        if (seen.add(solution.hash())) {
            found.incrementAndGet();
            events.on(new RoleEvent.BlockFound(role, solution.hash().toString()));
            submitting.execute(() -> submit(solution, solution.block(), 0));
        }
        return Optional.empty();
    }

    private void submit(Solution solution, RawBlock block, int attempt) {
        String hash = solution.hash().toString();
        if (attempt == 0) {
            save(block, hash);
        }
        try {
            onOutcome(solution, hash, node.submit(block));
        } catch (NodeException.Unavailable e) {
            submitLater(solution, block, attempt, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            events.on(new RoleEvent.BlockRejected(role, hash, String.valueOf(e.getMessage())));
        }
    }

    private void submitLater(Solution solution, RawBlock block, int attempt, String trouble) {
        String hash = solution.hash().toString();
        if (attempt >= retries.size() || submitting.isShutdown()) {
            events.on(new RoleEvent.BlockRejected(role, hash, trouble));
            return;
        }
        note("block " + hash + " waits for the node: " + trouble);
        long pause = retries.get(attempt).toMillis();
        try {
            var _ = submitting.schedule(() -> submit(solution, block, attempt + 1), pause, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            events.on(new RoleEvent.BlockRejected(role, hash, "stopped before the node was back"));
        }
    }

    private void onOutcome(Solution solution, String hash, SubmitOutcome outcome) {
        switch (outcome) {
            case SubmitOutcome.Accepted _ -> {
                accepted.incrementAndGet();
                int height = solution.template().template().height();
                events.on(new RoleEvent.BlockAccepted(role, hash, height));
            }
            case SubmitOutcome.Duplicate _ -> note("the node knows block " + hash + " already");
            case SubmitOutcome.Rejected(var reason) ->
                events.on(
                        reason.equals(SubmitOutcome.INCONCLUSIVE)
                                ? new RoleEvent.BlockOvertaken(role, hash, reason)
                                : new RoleEvent.BlockRejected(role, hash, reason));
        }
    }

    private void save(RawBlock block, String hash) {
        if (blocksDirectory == null) {
            return;
        }
        Path file = blocksDirectory.resolve(hash + ".dat");
        try {
            Files.write(file, block.bytes());
        } catch (IOException e) {
            note("cannot save block to " + file + ": " + e);
        }
    }

    private void note(String text) {
        events.on(new RoleEvent.Note(role, text));
    }

    /// Waits for a submission under way; those that wait for the node are given up.
    @Override
    public void close() {
        submitting.shutdown();
        try {
            if (!submitting.awaitTermination(1, TimeUnit.SECONDS)) {
                note(submitting.shutdownNow().size() + " blocks were still waiting for the node and are given up");
            }
        } catch (InterruptedException e) {
            submitting.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
