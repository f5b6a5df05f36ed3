package org.stratumj.app.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.block.BlockDisk;
import org.stratumj.app.block.BlockFiles;
import org.stratumj.app.block.BlockName;
import org.stratumj.app.block.Fate;
import org.stratumj.app.role.FileFault;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawBlock;

/// A found block without a verdict yet, and its file. The file is the block in hexadecimal, one line, as
/// `bitcoin-cli submitblock` takes it. Any thread; the bytes are made, or read, for each attempt, so that a queue of
/// blocks costs little memory.
final class PendingBlock {
    /// What follows the name of a pending file.
    static final String EXTENSION = ".block";

    /// The largest block in hexadecimal and a line end.
    static final int FILE_BYTES_MAX = 2 * Block.BYTES_MAX + 2;

    private final BlockName name;
    private final @Nullable Supplier<RawBlock> bytes;
    private final @Nullable BlockDisk disk;
    private BlockDisk.@Nullable Saving saving;

    // Written on the disk's thread only.
    private volatile @Nullable Path file;
    private volatile boolean settled;

    private PendingBlock(
            BlockName name, @Nullable Supplier<RawBlock> bytes, @Nullable BlockDisk disk, @Nullable Path file) {
        this.name = name;
        this.bytes = bytes;
        this.disk = disk;
        this.file = file;
    }

    /// A block that was just found.
    ///
    /// @param disk where [#saved] puts it; none to keep it in memory only
    static PendingBlock of(BlockName name, Supplier<RawBlock> bytes, @Nullable BlockDisk disk) {
        return new PendingBlock(name, bytes, disk, null);
    }

    /// A block of a file that an earlier life of this program left.
    ///
    /// @param text of the file
    /// @throws BlockFiles.DamagedException if that is not this block
    static PendingBlock of(BlockFiles.Saved saved, String text, BlockDisk disk) throws BlockFiles.DamagedException {
        try {
            RawBlock block = parse(text);
            block.parse();
            if (!block.hash().equals(saved.name().hash())) {
                throw new BlockFiles.DamagedException("the hash of its header is " + block.hash());
            }
        } catch (BitcoinFormatException e) {
            throw new BlockFiles.DamagedException("it is no block in hexadecimal: " + e.getMessage());
        }
        return new PendingBlock(saved.name(), null, disk, saved.path());
    }

    Hash256 hash() {
        return name.hash();
    }

    long height() {
        return name.height();
    }

    /// Whether a file of an earlier life holds it, which may have submitted it.
    boolean isOfEarlierLife() {
        return bytes == null;
    }

    /// The whole block, for the submit that follows. It is in its file from now on, unless the disk fails, or takes
    /// longer than [BlockDisk#SAVE_MAX].
    ///
    /// @throws UncheckedIOException if its file of an earlier life is gone or cannot be read
    RawBlock saved() {
        if (bytes == null) {
            return readAgain();
        }
        if (disk != null) {
            saving(disk, bytes).inTime().toCompletableFuture().join();
        }
        return bytes.get();
    }

    /// Begins once, and again after it failed.
    private synchronized BlockDisk.Saving saving(BlockDisk disk, Supplier<RawBlock> bytes) {
        BlockDisk.Saving begun = saving;
        boolean over = begun != null && begun.done().toCompletableFuture().isDone();
        if (begun == null || (over && file == null && !settled)) {
            begun = disk.save(hash(), files -> save(bytes.get(), files));
            saving = begun;
        }
        return begun;
    }

    private void save(RawBlock block, BlockFiles files) {
        if (file == null && !settled) {
            file = files.write(name, HexFormat.of().formatHex(block.bytes()) + "\n")
                    .orElse(null);
        }
    }

    /// Renames the file, if there is one; the first fate counts. Does not wait for the disk.
    void settle(Fate fate) {
        if (disk != null) {
            disk.settle(hash(), files -> settle(fate, files));
        }
    }

    private void settle(Fate fate, BlockFiles files) {
        Path pending = file;
        if (pending != null && !settled) {
            file = files.settle(pending, fate);
        }
        settled = true;
    }

    private static RawBlock parse(String text) throws BlockFiles.DamagedException {
        try {
            return RawBlock.of(HexFormat.of().parseHex(text.strip()));
        } catch (IllegalArgumentException | BitcoinFormatException e) {
            throw new BlockFiles.DamagedException("it is no block in hexadecimal: " + e.getMessage());
        }
    }

    /// Its file may have been settled by another node's verdict.
    private RawBlock readAgain() {
        try {
            return parse(Objects.requireNonNull(disk).read(files -> files.read(Objects.requireNonNull(file))));
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "is gone" : "cannot be read: " + FileFault.reason(e);
            throw new UncheckedIOException(file + " " + why, e);
        }
    }
}
