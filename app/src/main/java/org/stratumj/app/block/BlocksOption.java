package org.stratumj.app.block;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.cli.UsageException;
import picocli.CommandLine.Option;

/// Where a role keeps the blocks that were found. A mixin.
public final class BlocksOption {
    private final String role;

    @Option(
            names = "--blocks-dir",
            paramLabel = "DIR",
            description =
                    "Keep each found block in a file here, from before it is submitted. Default: stratumj/ROLE/blocks"
                            + " in $$XDG_STATE_HOME or ~/.local/state")
    private @Nullable Path directory;

    /// @param role as the role's name, which the default directory has in its path
    public BlocksOption(String role) {
        this.role = role;
    }

    /// The directory, which need not exist.
    public Path directory() {
        Path chosen = directory;
        return chosen == null ? defaultDirectory(role, System.getenv(), System.getProperty("user.home", ".")) : chosen;
    }

    /// `$XDG_STATE_HOME/stratumj/ROLE/blocks`; the specification of that variable says that relative paths in it are
    /// ignored, and that `~/.local/state` takes its place.
    ///
    /// @throws UsageException for a user without a home directory, as in containers: Java then has `?`
    static Path defaultDirectory(String role, Map<String, String> environment, String home) {
        Path given = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
        Path state = given.isAbsolute() ? given : Path.of(home, ".local", "state");
        if (!state.isAbsolute()) {
            throw new UsageException(
                    "this user has no home directory: say where to keep found blocks, with --blocks-dir");
        }
        return state.resolve("stratumj").resolve(role).resolve("blocks");
    }
}
