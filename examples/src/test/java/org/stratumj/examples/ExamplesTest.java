package org.stratumj.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Goal: an example is read in one sitting, and found. Method: its lines are counted, imports and all, and the page
/// that
/// lists the examples is searched for its name.
class ExamplesTest {
    private static final Path SOURCES = Path.of("src/main/java/org/stratumj/examples");
    private static final int LINES_MAX = 149;

    @ParameterizedTest
    @MethodSource("examples")
    void isShort(Path example) throws IOException {
        assertThat(Files.readAllLines(example)).hasSizeBetween(1, LINES_MAX);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isOnThePage(Path example) throws IOException {
        String name = example.getFileName().toString().replace("Example.java", "");
        String command = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        assertThat(Files.readString(Path.of("README.md"))).contains("`examples/run " + command + "`");
    }

    static List<Path> examples() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.getFileName().toString().matches(".+Example\\.java"))
                    .sorted()
                    .toList();
        }
    }
}
