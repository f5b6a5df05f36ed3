package org.stratumj.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.stratumj.app.cli.SecretFiles;
import org.stratumj.app.role.FileFault;
import org.stratumj.app.role.RoleException;

/// The files of one run: a temporary directory that only its owner can enter, removed at the end.
final class RunDirectory implements AutoCloseable {
    private final Path directory;

    private RunDirectory(Path directory) {
        this.directory = directory;
    }

    /// @throws RoleException if it cannot be made
    static RunDirectory create() {
        try {
            return new RunDirectory(Files.createTempDirectory("stratumj-demo-"));
        } catch (IOException e) {
            throw new RoleException("cannot make a temporary directory: " + FileFault.reason(e), e);
        }
    }

    /// A file of this name, which need not exist.
    Path file(String name) {
        return directory.resolve(name);
    }

    /// The secret half of a key in a file.
    ///
    /// @throws RoleException if it cannot be written
    Path keyFile(String name, DemoKey key) {
        Path file = file(name);
        try {
            SecretFiles.create(file, key.secret().secretText() + "\n");
            return file;
        } catch (IOException e) {
            throw new RoleException("cannot write " + file + ": " + FileFault.reason(e), e);
        }
    }

    /// Removes it with all that is in it. Idempotent.
    @Override
    public void close() {
        try {
            for (Path file : files()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger("org.stratumj.app.demo")
                    .log(System.Logger.Level.WARNING, "cannot remove " + directory + ": " + FileFault.reason(e));
        }
    }

    /// Everything, what is in a directory before the directory.
    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
