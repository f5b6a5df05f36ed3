package org.stratumj.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.ChildProcess;
import org.stratumj.app.Eventually;

/// Goal: a reader of standard output that does not read (`stratumj pool | sleep 100`, Ctrl-S in a terminal) holds up
/// neither the lanes nor the end of the process.
class StalledOutputIT {
    @TempDir
    private Path directory;

    @Test
    void lanesGoOnAndTheProcessEndsThoughNobodyReadsTheLog() throws Exception {
        Path done = directory.resolve("done");
        try (ChildProcess child = ChildProcess.start(directory, ChattyProgram.class, done.toString())) {
            Eventually.holds(() -> Files.exists(done));
            child.signal("TERM");
            assertThat(child.exitCode()).isEqualTo(143);
        }
    }
}
