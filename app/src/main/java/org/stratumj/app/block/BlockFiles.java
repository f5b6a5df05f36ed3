package org.stratumj.app.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.stratumj.app.role.FileFault;
import org.stratumj.bitcoin.Hash256;

/// The found blocks of one role as files of one directory. Any thread; every call blocks on the disk, so none belongs
/// on a lane.
///
/// ```text
/// mainnet-840000-HASH-20261130T211512Z.block            pending: no verdict yet
/// mainnet-840000-HASH-20261130T211512Z.block.accepted   or .rejected, .given-up
/// ```
/// A file appears under its name whole and on the disk (temporary file, fsync, rename, fsync of the directory), and
/// only its owner can read it. A disk that fails is reported and stops nothing: a block matters more than its file.
public final class BlockFiles {
    /// The most pending files; a further block is not written.
    public static final int PENDING_MAX = 1024;

    /// The most pending files read at a start, the newest.
    public static final int READ_MAX = 256;

    /// The most files with a verdict; the oldest beyond are deleted. Reached on test chains only: mainnet finds as many
    /// blocks in a week.
    public static final int SETTLED_MAX = 1000;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path directory;
    private final String extension;
    private final int bytesMax;
    private final Consumer<String> trouble;

    /// Files of one kind; nothing is touched yet.
    ///
    /// @param directory created when needed
    /// @param extension of pending files, with its dot: tells the files of several roles apart
    /// @param bytesMax  size of the largest file that is read
    /// @param trouble   is given one line about whatever the disk refuses
    public BlockFiles(Path directory, String extension, int bytesMax, Consumer<String> trouble) {
        this.directory = directory;
        this.extension = extension;
        this.bytesMax = bytesMax;
        this.trouble = trouble;
    }

    /// Where the files are.
    public Path directory() {
        return directory;
    }

    /// Writes a file and removes it, to report at a start what would otherwise be learnt with the first block.
    public void probe() {
        Path probe = directory.resolve(".probe-" + ProcessHandle.current().pid() + extension);
        try {
            createDirectory();
            writeDurably(probe, "");
            Files.delete(probe);
        } catch (IOException e) {
            trouble.accept(
                    "found blocks cannot be saved in %s: %s; make it writable, or choose another with --blocks-dir"
                            .formatted(directory, FileFault.reason(e)));
        }
    }

    /// Writes a pending file.
    ///
    /// @return the file, on the disk; empty if it could not be written, which is reported
    public Optional<Path> write(BlockName name, String text) {
        Path file = directory.resolve(name.text() + extension);
        Path temporary = directory.resolve("." + file.getFileName() + ".tmp");
        try {
            createDirectory();
            if (list(extension).size() >= PENDING_MAX) {
                throw new IOException("more than " + PENDING_MAX + " blocks without a verdict are there");
            }
            writeDurably(temporary, text);
            move(temporary, file);
            return Optional.of(file);
        } catch (IOException e) {
            trouble.accept("block %s cannot be saved in %s: %s".formatted(name.hash(), directory, FileFault.reason(e)));
            return Optional.empty();
        }
    }

    /// Renames a pending file after its block's end; nothing happens if it is gone.
    ///
    /// @return the file under its new name, or under the old one if it could not be renamed
    public Path settle(Path pending, Fate fate) {
        Path settled = pending.resolveSibling(pending.getFileName() + "." + fate.suffix());
        try {
            if (Files.exists(pending, LinkOption.NOFOLLOW_LINKS)) {
                move(pending, settled);
            }
            deleteOldest(fate);
        } catch (IOException e) {
            trouble.accept(
                    "%s cannot be renamed to %s: %s".formatted(pending, settled.getFileName(), FileFault.reason(e)));
        }
        return Files.exists(pending, LinkOption.NOFOLLOW_LINKS) ? pending : settled;
    }

    /// The same for the pending files of a block.
    public void settle(Hash256 block, Fate fate) {
        try {
            list(extension).stream()
                    .flatMap(file -> saved(file).stream())
                    .filter(file -> file.name().hash().equals(block))
                    .forEach(file -> settle(file.path(), fate));
        } catch (IOException e) {
            trouble.accept("the blocks in %s cannot be listed: %s".formatted(directory, FileFault.reason(e)));
        }
    }

    /// The pending files of a chain, the newest first, [#READ_MAX] at most. How many are left out is reported.
    public List<Saved> pending(String chain) {
        List<Saved> found;
        try {
            found = list(extension).stream()
                    .flatMap(file -> saved(file).stream())
                    .filter(file -> file.name().chain().equals(chain))
                    .sorted(Comparator.comparing((Saved file) -> file.name().found())
                            .thenComparing(file -> file.name().text())
                            .reversed())
                    .toList();
        } catch (IOException e) {
            trouble.accept("the blocks in %s cannot be listed: %s".formatted(directory, FileFault.reason(e)));
            return List.of();
        }
        if (found.size() > READ_MAX) {
            trouble.accept("%d blocks without a verdict in %s are left out, as only the newest %d are submitted again"
                    .formatted(found.size() - READ_MAX, directory, READ_MAX));
        }
        return found.stream().limit(READ_MAX).toList();
    }

    /// The text of a pending file.
    ///
    /// @throws IOException if it is gone, too large, or cannot be read
    public String read(Saved file) throws IOException {
        try (var in = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new IOException("larger than " + bytesMax + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /// Reports a file that is skipped, for the reader of its text.
    public void skipped(Saved file, String why) {
        trouble.accept("%s is skipped: %s".formatted(file.path(), why));
    }

    /// A pending file.
    ///
    /// @param name what its name says
    public record Saved(Path path, BlockName name) {}

    private static Optional<Saved> saved(Path file) {
        String name = file.getFileName().toString();
        return BlockName.parse(name.substring(0, name.indexOf('.'))).map(parsed -> new Saved(file, parsed));
    }

    /// The files that end like this, in no order; none if there is no directory.
    private List<Path> list(String ending) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .toList();
        }
    }

    private void deleteOldest(Fate fate) throws IOException {
        List<Path> settled = list(extension + "." + fate.suffix());
        if (settled.size() > SETTLED_MAX) {
            List<Path> oldest = settled.stream()
                    .flatMap(file -> saved(file).stream())
                    .sorted(Comparator.comparing(file -> file.name().found()))
                    .limit(settled.size() - SETTLED_MAX)
                    .map(Saved::path)
                    .toList();
            for (Path file : oldest) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void createDirectory() throws IOException {
        Files.createDirectories(directory, ownerOnly("rwx------"));
    }

    private void writeDurably(Path file, String text) throws IOException {
        Files.deleteIfExists(file); // what a crash left behind
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly("rw-------"))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        if (POSIX) { // elsewhere a directory cannot be opened, and need not be
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
