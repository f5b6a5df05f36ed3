package org.stratumj.node.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.node.NodeException;

/// The blocks that an embedded chain took after its prefix, in the order in which it took them, in a file that only
/// ever grows. A block is on the disk before anybody is told that it was taken.
///
/// ```text
/// file    title line, records
/// record  length (4, big-endian) │ CRC-32C of the length (4) │ block │ CRC-32C of the block (4)
/// ```
/// The title names the chain. A record that the file ends in the middle of was being written when the process died;
/// nobody was told of its block, and it is cut off. The length has a checksum of its own, lest a damaged one look like
/// that and everything after it be cut off too. Whatever else is wrong is refused: nothing is guessed.
///
/// One process at a time has the file, by a lock that ends with the process. Not thread-safe.
final class ChainFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ChainFile.class.getName());
    private static final String FORM = "stratumj chain 1 ";
    private static final int HEAD_SIZE = 8;
    private static final int CHECKSUM_SIZE = 4;

    private final Path path;
    private final RandomAccessFile file;
    private long end;

    private ChainFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /// Opens the file, or makes it, and gives all of its blocks to `replay`.
    ///
    /// @param chain  names the chain in a few words without a line end
    /// @param replay takes a block as the chain did; its exception ends the reading and is passed on
    /// @throws NodeException.Misconfigured if the file is another chain's, in use, damaged, or cannot be used
    static ChainFile open(Path path, String chain, Consumer<RawBlock> replay) {
        try {
            ChainFile opened = new ChainFile(path, new RandomAccessFile(path.toFile(), "rw"));
            try {
                opened.lock();
                opened.readTitle((FORM + chain + "\n").getBytes(StandardCharsets.UTF_8));
                opened.readBlocks(replay);
                return opened;
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            throw new NodeException.Misconfigured("the chain's file cannot be used: " + e.getMessage());
        }
    }

    /// Adds a block; on return it is on the disk.
    ///
    /// @throws NodeException.Unavailable if it cannot be written; the file is as before then
    void append(Block block) {
        byte[] bytes = block.bytes();
        ByteBuffer record = ByteBuffer.allocate(HEAD_SIZE + bytes.length + CHECKSUM_SIZE)
                .putInt(bytes.length)
                .putInt(checksumOf(bytes.length))
                .put(bytes)
                .putInt(checksumOf(bytes));
        try {
            file.setLength(end); // what an attempt before this one left behind
            write(record.array());
        } catch (IOException e) {
            throw new NodeException.Unavailable("the block cannot be written to " + path + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "closing " + path + " failed; what was written is on the disk", e);
        }
    }

    private void lock() throws IOException {
        try {
            if (file.getChannel().tryLock() == null) {
                throw inUse();
            }
        } catch (OverlappingFileLockException e) {
            throw inUse();
        }
    }

    private void readTitle(byte[] title) throws IOException {
        byte[] found = new byte[(int) Math.min(title.length, file.length())];
        file.readFully(found);
        if (Arrays.equals(found, title)) {
            end = title.length;
        } else if (found.length < title.length && Arrays.equals(found, Arrays.copyOf(title, found.length))) {
            write(title); // a new file, or one whose making was cut short
        } else if (new String(found, StandardCharsets.UTF_8).startsWith(FORM)) {
            throw new NodeException.Misconfigured("%s holds another chain than the one asked for, which is %s"
                    .formatted(path, text(title).substring(FORM.length())));
        } else {
            throw new NodeException.Misconfigured(path + " is no chain's file; name another");
        }
    }

    private void readBlocks(Consumer<RawBlock> replay) throws IOException {
        long length = file.length();
        Optional<RawBlock> block = readBlock(length);
        while (block.isPresent()) {
            try {
                replay.accept(block.get());
            } catch (RuleViolation e) {
                throw damaged("its block " + block.get().hash() + " is refused: " + e.reason());
            }
            end += HEAD_SIZE + block.get().size() + CHECKSUM_SIZE;
            block = readBlock(length);
        }
        if (end < length) {
            LOG.log(
                    Level.WARNING,
                    "{0}: cut off the last {1} bytes, of a block not written in full",
                    path,
                    length - end);
            file.setLength(end);
        }
    }

    /// The block of the record at [#end]; empty if the file ends before the record does.
    private Optional<RawBlock> readBlock(long length) throws IOException {
        if (length - end < HEAD_SIZE) {
            return Optional.empty();
        }
        file.seek(end);
        int size = file.readInt();
        if (file.readInt() != checksumOf(size) || size < BlockHeader.SIZE || size > Block.BYTES_MAX) {
            throw damaged("no block begins there");
        }
        if (length - end < HEAD_SIZE + size + CHECKSUM_SIZE) {
            return Optional.empty();
        }
        byte[] bytes = new byte[size];
        file.readFully(bytes);
        if (file.readInt() != checksumOf(bytes)) {
            throw damaged("its block has not the checksum that was written with it");
        }
        return Optional.of(RawBlock.of(bytes));
    }

    /// At the end, and onto the disk.
    private void write(byte[] bytes) throws IOException {
        file.seek(end);
        file.write(bytes);
        file.getFD().sync();
        end += bytes.length;
    }

    private NodeException inUse() {
        return new NodeException.Misconfigured(
                path + " is in use by another process; stop that one, or name another file");
    }

    private NodeException damaged(String what) {
        return new NodeException.Misconfigured(
                "%s is damaged at byte %d: %s; cut it to %d bytes to go on from the block before, or name another file"
                        .formatted(path, end, what, end));
    }

    private static int checksumOf(int length) {
        return checksumOf(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    }

    private static int checksumOf(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static String text(byte[] title) {
        return new String(title, StandardCharsets.UTF_8).strip();
    }
}
