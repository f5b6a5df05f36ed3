package org.stratumj.app.cli;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.stratumj.app.role.FileFault;

/// Files that hold a secret: readable by their owner only, one line of text.
public final class SecretFiles {
    /// A key or a password fits easily; a larger file is the wrong file.
    static final int BYTES_MAX = 4096;

    private static final System.Logger LOG = System.getLogger("org.stratumj.app.secrets");

    private SecretFiles() {}

    /// Creates `file` with `text`, never readable by others (mode 0600 where the file system has modes).
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is a file already
    public static void create(Path file, String text) throws IOException {
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /// The text of `file` without the line end.
    ///
    /// @param flag names the flag in messages
    /// @throws UsageException if the file cannot be read or is no small text file
    public static String read(String flag, Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new UsageException(flag + " " + file + ": larger than " + BYTES_MAX + " bytes, so not a secret");
            }
            warnIfPublic(file);
            return TextFiles.read(file).strip();
        } catch (CharacterCodingException e) {
            throw new UsageException(flag + " " + file + ": not a text in UTF-8, so not a secret", e);
        } catch (NoSuchFileException e) {
            throw new UsageException(flag + " " + file + ": no such file", e);
        } catch (IOException e) {
            throw new UsageException(flag + " " + file + ": cannot be read: " + FileFault.reason(e), e);
        }
    }

    /// Logs a warning if every user of this machine can read `file`; a file that is not there is left to its reader.
    public static void warnIfPublic(Path file) {
        try {
            PosixFileAttributeView modes = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (modes != null && modes.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
                LOG.log(Level.WARNING, "every user of this machine can read {0}; run chmod 600 {0}", file);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the mode of {0} cannot be read: {1}", file, FileFault.reason(e));
        }
    }
}
