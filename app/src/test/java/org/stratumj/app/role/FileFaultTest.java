package org.stratumj.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFaultTest {
    @Test
    void isToldInWords(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");
        assertThat(reason(() -> Files.writeString(directory.resolve("none/file"), "text")))
                .isEqualTo("no such file or folder");
        assertThat(reason(() -> Files.createDirectory(file))).isEqualTo("a file is in its place");
        assertThat(FileFault.reason(new NotDirectoryException("/a"))).isEqualTo("not a folder");
        assertThat(FileFault.reason(new AccessDeniedException("/a"))).isEqualTo("no permission");
        assertThat(FileFault.reason(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FileFault.reason(new ClosedByInterruptException())).isEqualTo("interrupted");
        assertThat(FileFault.reason(new IOException("Is a directory"))).isEqualTo("Is a directory");
    }

    private static String reason(ThrowingCallable access) {
        return FileFault.reason(catchThrowableOfType(IOException.class, access));
    }
}
