package org.stratumj.app.block;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;

/// Saves the [BlockParts] of found blocks, for roles that must not wait on their lanes. Any thread.
public final class BlockKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BlockKeeper.class.getName());

    private final String chain;
    private final @Nullable BlockDisk disk;
    private final InstantSource clock;

    /// @param chain of the blocks, letters only
    /// @param disk  where they are kept, closed with this; none to keep nothing
    public BlockKeeper(String chain, @Nullable BlockDisk disk, InstantSource clock) {
        this.chain = chain;
        this.disk = disk;
        this.clock = clock;
    }

    /// Saves a block.
    ///
    /// @param parts of it; not asked for if nothing is saved
    /// @param then  what comes after, such as the submit: runs in any case, at once if nothing is saved, and at the
    ///     latest after [BlockDisk#SAVE_MAX]
    public void keep(Hash256 block, Supplier<BlockParts> parts, Runnable then) {
        if (disk == null) {
            then.run();
            return;
        }
        var _ = disk.save(block, files -> save(parts.get(), files))
                .inTime()
                .whenComplete((_, _) -> then.run())
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.log(Level.ERROR, "submitting block " + block + " failed", failure);
                    }
                });
    }

    /// Renames the file of a block after its end.
    public void settle(Hash256 block, Fate fate) {
        if (disk != null) {
            disk.settle(block, files -> files.settle(block, fate));
        }
    }

    /// Reports a directory that cannot be used, and reads the blocks that an earlier life left without a verdict, the
    /// newest first. Blocks on the disk, as [BlockDisk#resume].
    public void resume(Consumer<List<BlockParts>> then) {
        if (disk != null) {
            disk.resume(
                    files -> {
                        files.probe();
                        return files.resume(chain, BlockKeeper::parse);
                    },
                    then);
        }
    }

    /// As [BlockDisk#idle].
    public CompletionStage<?> idle() {
        return disk == null ? CompletableFuture.completedFuture(null) : disk.idle();
    }

    /// Takes no more; what was asked for is still done.
    @Override
    public void close() {
        if (disk != null) {
            disk.close();
        }
    }

    private void save(BlockParts parts, BlockFiles files) {
        BlockName name = new BlockName(chain, parts.height(), parts.header().hash(), clock.instant());
        files.write(name, parts.text(name));
    }

    private static BlockParts parse(BlockFiles.Saved file, String text) throws IOException {
        BlockParts parts = BlockParts.parse(text);
        Hash256 hash = parts.header().hash();
        if (!hash.equals(file.name().hash())) {
            throw new BlockFiles.DamagedException("the hash of its header is " + hash);
        }
        return parts;
    }
}
