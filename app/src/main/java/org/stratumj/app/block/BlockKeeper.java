package org.stratumj.app.block;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.bitcoin.Hash256;

/// Saves the [BlockParts] of found blocks on a thread of its own, for roles that must not wait on their lanes. Any
/// thread.
public final class BlockKeeper implements AutoCloseable {
    /// The most blocks that wait for the disk; a further one goes on without a file.
    public static final int WAITING_MAX = 1024;

    /// How long a role that stops waits for the disk.
    private static final Duration IDLE_MAX = Duration.ofMillis(500);

    private final String role;
    private final String chain;
    private final @Nullable BlockFiles files;
    private final InstantSource clock;
    private final RoleEvents events;
    private final ThreadPoolExecutor disk;

    /// @param role      as the role's name
    /// @param chain     of the blocks, letters only
    /// @param directory where they are kept; none to keep nothing, on no thread
    /// @param extension of pending files, with its dot
    public BlockKeeper(
            String role,
            String chain,
            @Nullable Path directory,
            String extension,
            InstantSource clock,
            RoleEvents events) {
        this.role = role;
        this.chain = chain;
        this.clock = clock;
        this.events = events;
        files = directory == null ? null : new BlockFiles(directory, extension, BlockParts.FILE_BYTES_MAX, this::warn);
        disk = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().daemon().name(role + "-blocks").factory());
        disk.allowCoreThreadTimeOut(true);
    }

    /// Saves a block.
    ///
    /// @param parts of it; not asked for if nothing is saved
    /// @param then  what comes after, such as the submit: runs in any case, at once if nothing is saved
    public void keep(Supplier<BlockParts> parts, Runnable then) {
        BlockFiles writing = files;
        if (writing == null) {
            then.run();
            return;
        }
        try {
            disk.execute(() -> {
                try {
                    save(parts.get(), writing);
                } finally {
                    then.run();
                }
            });
        } catch (RejectedExecutionException e) {
            warn("block " + parts.get().header().hash() + " is not saved: the disk is too slow, or the role stops");
            then.run();
        }
    }

    /// Renames the file of a block after its end.
    public void settle(Hash256 block, Fate fate) {
        BlockFiles renaming = files;
        if (renaming != null) {
            try {
                disk.execute(() -> renaming.settle(block, fate));
            } catch (RejectedExecutionException e) {
                warn("the file of block " + block + " keeps its name: the disk is too slow, or the role stops");
            }
        }
    }

    /// Reports a directory that cannot be used, and reads the blocks that an earlier life left without a verdict, the
    /// newest first; what is no block is reported and skipped. Blocks on the disk.
    public List<BlockParts> resume() {
        List<BlockParts> blocks = new ArrayList<>();
        if (files != null) {
            files.probe();
            files.pending(chain).forEach(saved -> read(saved, files).ifPresent(blocks::add));
        }
        return blocks;
    }

    /// Done when all that was asked for before is on the disk, or [#IDLE_MAX] is over.
    public CompletionStage<?> idle() {
        if (files == null) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return CompletableFuture.runAsync(() -> {}, disk)
                    .completeOnTimeout(null, IDLE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /// Takes no more; what was asked for is still done.
    @Override
    public void close() {
        disk.shutdown();
    }

    private void save(BlockParts parts, BlockFiles writing) {
        BlockName name = new BlockName(chain, parts.height(), parts.header().hash(), clock.instant());
        writing.write(name, parts.text(name));
    }

    private static Optional<BlockParts> read(BlockFiles.Saved saved, BlockFiles files) {
        try {
            BlockParts parts = BlockParts.parse(files.read(saved));
            Hash256 hash = parts.header().hash();
            if (!hash.equals(saved.name().hash())) {
                throw new IOException("the hash of its header is " + hash);
            }
            return Optional.of(parts);
        } catch (IOException e) {
            files.skipped(saved, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void warn(String text) {
        events.on(new RoleEvent.Warning(role, text));
    }
}
