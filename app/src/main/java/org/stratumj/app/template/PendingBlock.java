package org.stratumj.app.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.block.BlockFiles;
import org.stratumj.app.block.BlockName;
import org.stratumj.app.block.Fate;
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
    private final @Nullable BlockFiles files;
    private @Nullable Path file;
    private boolean settled;

    private PendingBlock(
            BlockName name, @Nullable Supplier<RawBlock> bytes, @Nullable BlockFiles files, @Nullable Path file) {
        this.name = name;
        this.bytes = bytes;
        this.files = files;
        this.file = file;
    }

    /// A block that was just found.
    ///
    /// @param files where [#save] puts it; none to keep it in memory only
    static PendingBlock of(BlockName name, Supplier<RawBlock> bytes, @Nullable BlockFiles files) {
        return new PendingBlock(name, bytes, files, null);
    }

    /// A block of a file that an earlier life of this program left.
    ///
    /// @return empty if the file holds no such block, which is reported
    static Optional<PendingBlock> of(BlockFiles.Saved saved, BlockFiles files) {
        try {
            RawBlock block = read(saved, files);
            block.parse();
            if (!block.hash().equals(saved.name().hash())) {
                throw new IOException("the hash of its header is " + block.hash());
            }
        } catch (BitcoinFormatException e) {
            files.skipped(saved, "it is no block in hexadecimal: " + e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            files.skipped(saved, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        return Optional.of(new PendingBlock(saved.name(), null, files, saved.path()));
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

    /// The whole block, which is in its file from now on, if it can be: for the submit that follows.
    ///
    /// @throws UncheckedIOException if its file of an earlier life is gone
    RawBlock saved() {
        if (bytes == null) {
            return readAgain();
        }
        RawBlock block = bytes.get();
        save(block);
        return block;
    }

    private synchronized void save(RawBlock block) {
        if (files != null && file == null && !settled) {
            file = files.write(name, HexFormat.of().formatHex(block.bytes()) + "\n")
                    .orElse(null);
        }
    }

    /// Renames the file, if there is one; the first fate counts.
    synchronized void settle(Fate fate) {
        if (files != null && file != null && !settled) {
            file = files.settle(file, fate);
        }
        settled = true;
    }

    private static RawBlock read(BlockFiles.Saved saved, BlockFiles files) throws IOException {
        try {
            return RawBlock.of(HexFormat.of().parseHex(files.read(saved).strip()));
        } catch (IllegalArgumentException | BitcoinFormatException e) {
            throw new IOException("it is no block in hexadecimal: " + e.getMessage(), e);
        }
    }

    /// Its file may have been settled by another node's verdict.
    private synchronized RawBlock readAgain() {
        Path path = Objects.requireNonNull(file);
        try {
            return read(new BlockFiles.Saved(path, name), Objects.requireNonNull(files));
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "is gone" : "cannot be read: " + e.getMessage();
            throw new UncheckedIOException(path + " " + why, e);
        }
    }
}
