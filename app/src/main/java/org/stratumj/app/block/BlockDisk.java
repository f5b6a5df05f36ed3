package org.stratumj.app.block;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.bitcoin.Hash256;

/// The one thread on which a role reads and writes its [BlockFiles], one task after the other. Any thread.
///
/// A disk that hangs (a lost network mount, a dying drive) holds up this thread and nothing else: each caller waits a
/// bounded time and goes on, and the task is done once the disk answers. The calls of the file system cannot be
/// interrupted, so there is no other way than a thread to leave behind.
public final class BlockDisk implements AutoCloseable {
    /// The most tasks that wait for the disk; a further block goes on without a file.
    public static final int WAITING_MAX = 1024;

    /// How long a submit waits for its block's file. A disk that works takes milliseconds.
    public static final Duration SAVE_MAX = Duration.ofSeconds(1);

    /// How long a start waits for the files of an earlier life.
    private static final Duration RESUME_MAX = Duration.ofSeconds(5);

    /// How long a role that stops waits for the disk.
    private static final Duration IDLE_MAX = Duration.ofMillis(500);

    private static final System.Logger LOG = System.getLogger(BlockDisk.class.getName());

    private final BlockFiles files;
    private final Duration saveMax;
    private final Consumer<String> trouble;
    private final ThreadPoolExecutor thread;
    private final CompletableFuture<Boolean> hurry = new CompletableFuture<>();
    private volatile CompletableFuture<?> late = CompletableFuture.completedFuture(null);

    /// Nothing is touched yet.
    ///
    /// @param role      of the reports, and of the thread's name
    /// @param directory of the files, and the next two as [BlockFiles] has them
    /// @param saveMax   usually [#SAVE_MAX]
    public BlockDisk(String role, Path directory, String extension, int bytesMax, Duration saveMax, RoleEvents events) {
        this.saveMax = saveMax;
        trouble = text -> events.on(new RoleEvent.Warning(role, text));
        files = new BlockFiles(directory, extension, bytesMax, trouble);
        thread = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().daemon().name(role + "-blocks").factory());
        thread.allowCoreThreadTimeOut(true);
    }

    /// The same with the usual patience; none where there is no directory.
    public static @Nullable BlockDisk of(
            String role, @Nullable Path directory, String extension, int bytesMax, RoleEvents events) {
        return directory == null ? null : new BlockDisk(role, directory, extension, bytesMax, SAVE_MAX, events);
    }

    /// A task of the disk.
    @FunctionalInterface
    public interface Task<T> {
        /// Blocks on the disk.
        T on(BlockFiles files) throws IOException;
    }

    /// A block on its way to the disk.
    ///
    /// @param done   when the disk has answered, or was not asked
    /// @param inTime when the block may be submitted: as `done`, or [#SAVE_MAX] after the beginning
    public record Saving(CompletionStage<?> done, CompletionStage<?> inTime) {}

    /// Where the files are.
    public Path directory() {
        return files.directory();
    }

    /// Writes a block. One that is late, or finds no room to wait, is reported. Behind one that is late, none waits.
    public Saving save(Hash256 block, Consumer<BlockFiles> writing) {
        CompletableFuture<?> done;
        try {
            done = CompletableFuture.runAsync(() -> writing.accept(files), thread);
        } catch (RejectedExecutionException e) {
            trouble.accept("block " + block + " is not saved: the disk is too slow, or the role stops");
            return new Saving(CompletableFuture.completedStage(null), CompletableFuture.completedStage(null));
        }
        CompletableFuture<Boolean> answered = done.handle((_, failure) -> onAnswer(failure));
        CompletableFuture<Boolean> inTime = CompletableFuture.anyOf(answered, hurry)
                .completeOnTimeout(false, late.isDone() ? saveMax.toMillis() : 0, TimeUnit.MILLISECONDS)
                .thenApply(saved -> {
                    if (saved.equals(false)) {
                        late = answered;
                    }
                    return saved.equals(true);
                });
        // On a thread of its own: the one that passes on the timeouts of the whole process must not wait for a log.
        var _ = inTime.thenAcceptAsync(saved -> reportLate(block, saved), Thread::startVirtualThread);
        return new Saving(answered, inTime);
    }

    /// Renames the file of a block after its end, after what was asked for before.
    public void settle(Hash256 block, Consumer<BlockFiles> renaming) {
        try {
            thread.execute(() -> renaming.accept(files));
        } catch (RejectedExecutionException e) {
            trouble.accept("the file of block " + block + " keeps its name: the disk is too slow, or the role stops");
        }
    }

    /// What a file holds.
    ///
    /// @throws IOException if it cannot be read, or not within [#SAVE_MAX]
    public <T> T read(Task<T> reading) throws IOException {
        FutureTask<T> task = new FutureTask<>(() -> reading.on(files));
        try {
            thread.execute(task);
            return task.get(saveMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RejectedExecutionException e) {
            forget(task);
            throw new IOException("the disk does not answer", e);
        } catch (InterruptedException e) {
            forget(task);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /// Reads what an earlier life left. Waits for it as long as a start may take; on a disk that hangs, the start goes
    /// on and `then` comes later, on the disk's thread.
    public <T> void resume(Function<BlockFiles, T> reading, Consumer<T> then) {
        CompletableFuture<T> read = CompletableFuture.supplyAsync(() -> reading.apply(files), thread);
        try {
            then.accept(read.get(RESUME_MAX.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            trouble.accept("the blocks in %s are not read yet, since the disk is slow or hangs; the start goes on"
                    .formatted(directory()));
            var _ = read.thenAccept(then).exceptionally(this::onFailure);
        } catch (ExecutionException e) {
            onFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Done when all that was asked for before is on the disk, or [#IDLE_MAX] is over. Blocks that still wait for
    /// their files then go on without, as do those that come later.
    public CompletionStage<?> idle() {
        try {
            return CompletableFuture.supplyAsync(() -> true, thread)
                    .completeOnTimeout(false, IDLE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .thenAccept(idle -> {
                        if (!idle) {
                            hurry.complete(false);
                        }
                    });
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /// Takes no more; what was asked for is still done.
    @Override
    public void close() {
        thread.shutdown();
    }

    private void reportLate(Hash256 block, boolean saved) {
        if (!saved) {
            trouble.accept(
                    "block %s is not in %s yet, since the disk is slow or hangs: it is submitted, and saved later"
                            .formatted(block, directory()));
        }
    }

    private boolean onAnswer(@Nullable Throwable failure) {
        if (failure != null) {
            onFailure(failure);
        }
        return true;
    }

    private @Nullable Void onFailure(Throwable failure) {
        LOG.log(Level.ERROR, "the files of found blocks failed", failure);
        return null;
    }

    private void forget(Future<?> task) {
        task.cancel(false);
        thread.remove((Runnable) task);
    }
}
