package org.stratumj.app.block;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
/// mainnet-840000-HASH-20261130T211512Z.block.accepted   or .rejected, .given-up, .damaged
/// .mainnet-840000-HASH-20261130T211512Z.block.tmp       being written
/// ```
/// A file appears under its name whole and on the disk (temporary file, fsync, rename, fsync of the directory), and
/// only its owner can read it. A disk that fails is reported and stops nothing: a block matters more than its file.
public final class BlockFiles {
    /// The most pending files; a further block is not written.
    public static final int PENDING_MAX = 1024;

    /// The most blocks of an earlier life at a start, the newest.
    public static final int READ_MAX = 256;

    /// The most files with a verdict; the oldest beyond are deleted. Reached on test chains only: mainnet finds as many
    /// blocks in a week.
    public static final int SETTLED_MAX = 1000;

    private static final String PROBE = ".probe-";
    private static final String TEMPORARY = ".tmp";

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
        Path probe = directory.resolve(PROBE + ProcessHandle.current().pid() + extension);
        try {
            createDirectory();
            for (Path left : list(PROBE, extension)) { // by a process that was killed
                Files.deleteIfExists(left);
            }
            writeDurably(probe, "");
            Files.deleteIfExists(probe);
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
        Path temporary = directory.resolve("." + file.getFileName() + TEMPORARY);
        try {
            createDirectory();
            if (list("", extension).size() >= PENDING_MAX) {
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
            trouble.accept(notRenamed(pending, settled, e));
        }
        return Files.exists(pending, LinkOption.NOFOLLOW_LINKS) ? pending : settled;
    }

    /// The same for the pending files of a block.
    public void settle(Hash256 block, Fate fate) {
        try {
            list("", extension).stream()
                    .flatMap(file -> saved("", file).stream())
                    .filter(file -> file.name().hash().equals(block))
                    .forEach(file -> settle(file.path(), fate));
        } catch (IOException e) {
            trouble.accept("the blocks in %s cannot be listed: %s".formatted(directory, FileFault.reason(e)));
        }
    }

    /// The blocks of a chain that an earlier life left without a verdict, the newest first, [#READ_MAX] at most.
    ///
    /// A temporary file that a killed process left becomes a pending one if it is whole. What is no whole block is
    /// set aside as [Fate#DAMAGED], so that it takes no place of a block and is reported once.
    public <T> List<T> resume(String chain, Form<T> form) {
        FewLines lines = new FewLines(trouble);
        List<T> blocks = new ArrayList<>();
        int leftOut = 0;
        try {
            adoptTemporary(chain, form, lines);
            for (Saved file : pending(chain)) {
                if (blocks.size() < READ_MAX) {
                    read(file, form, lines).ifPresent(blocks::add);
                } else {
                    leftOut++;
                }
            }
            deleteOldest(Fate.DAMAGED);
        } catch (IOException e) {
            lines.add("the blocks in %s cannot be listed: %s".formatted(directory, FileFault.reason(e)));
        }
        lines.end("%d more files are skipped or renamed in "
                + directory.toString().replace("%", "%%"));
        if (leftOut > 0) {
            trouble.accept("%d blocks without a verdict in %s are left out, as only the newest %d are submitted again"
                    .formatted(leftOut, directory, READ_MAX));
        }
        return blocks;
    }

    /// The pending files of a chain, the newest first.
    List<Saved> pending(String chain) throws IOException {
        return saved("", extension, chain).stream()
                .sorted(Comparator.comparing((Saved file) -> file.name().found())
                        .thenComparing(file -> file.name().text())
                        .reversed())
                .toList();
    }

    /// The text of a file.
    ///
    /// @throws DamagedException if it is larger than a block's can be
    /// @throws IOException      if it is gone, no regular file, or cannot be read
    public String read(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException("it is not a file");
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new DamagedException("larger than " + bytesMax + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /// A pending file.
    ///
    /// @param name what its name says
    public record Saved(Path path, BlockName name) {}

    /// How a role writes a block as text.
    @FunctionalInterface
    public interface Form<T> {
        /// The block of a pending file.
        ///
        /// @throws DamagedException if the text is not that of the whole block
        /// @throws IOException      if it cannot be read here, as that of a later version
        T parse(Saved file, String text) throws IOException;
    }

    /// A file that is not a whole block, and never will be.
    public static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        /// @param message one line about the file
        public DamagedException(String message) {
            super(message);
        }
    }

    private void adoptTemporary(String chain, Form<?> form, FewLines lines) throws IOException {
        List<Saved> left = saved(".", extension + TEMPORARY, chain);
        FewLines whole = new FewLines(trouble);
        for (Saved temporary : left.subList(0, Math.min(left.size(), READ_MAX))) {
            if (read(temporary, form, lines).isPresent()) {
                Path file = directory.resolve(temporary.name().text() + extension);
                try {
                    force(temporary.path());
                    move(temporary.path(), file);
                    whole.add(file + " was being written when a process was killed; the block is whole");
                } catch (IOException e) {
                    lines.add(notRenamed(temporary.path(), file, e));
                }
            }
        }
        whole.end("%d more blocks were being written when a process was killed, and are whole");
    }

    private <T> Optional<T> read(Saved file, Form<T> form, FewLines lines) {
        try {
            return Optional.of(form.parse(file, read(file.path())));
        } catch (DamagedException e) {
            lines.add(setAside(file, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            lines.add("%s is skipped: %s".formatted(file.path(), FileFault.reason(e)));
        }
        return Optional.empty();
    }

    /// @return what to report
    private String setAside(Saved file, String why) {
        Path aside = directory.resolve(file.name().text() + extension + "." + Fate.DAMAGED.suffix());
        try {
            Files.move(file.path(), aside, StandardCopyOption.ATOMIC_MOVE);
            return "%s is skipped: %s; it is renamed to %s".formatted(file.path(), why, aside.getFileName());
        } catch (IOException e) {
            return "%s is skipped: %s; %s".formatted(file.path(), why, notRenamed(file.path(), aside, e));
        }
    }

    private static String notRenamed(Path from, Path to, IOException e) {
        return "%s cannot be renamed to %s: %s".formatted(from, to.getFileName(), FileFault.reason(e));
    }

    /// The files of a chain that begin and end like this, in no order.
    private List<Saved> saved(String beginning, String ending, String chain) throws IOException {
        return list(beginning, ending).stream()
                .flatMap(file -> saved(beginning, file).stream())
                .filter(file -> file.name().chain().equals(chain))
                .toList();
    }

    private static Optional<Saved> saved(String beginning, Path file) {
        String name = file.getFileName().toString().substring(beginning.length());
        return BlockName.parse(name.substring(0, name.indexOf('.'))).map(parsed -> new Saved(file, parsed));
    }

    /// The files that begin and end like this, in no order; none if there is no directory. Hidden files are those that
    /// are not complete.
    private List<Path> list(String beginning, String ending) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".") == beginning.startsWith("."))
                    .filter(file -> file.getFileName().toString().startsWith(beginning))
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .toList();
        } catch (UncheckedIOException e) { // of the next entry
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private void deleteOldest(Fate fate) throws IOException {
        List<Path> settled = list("", extension + "." + fate.suffix());
        if (settled.size() > SETTLED_MAX) {
            List<Path> oldest = settled.stream()
                    .flatMap(file -> saved("", file).stream())
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
            force(directory);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
