package org.stratumj.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.app.cli.ConfigFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The sample files in `docs/config`: they load, and each shows all that can be set.
class SampleConfigTest {
    private static final Path SAMPLES = Path.of("../docs/config");
    private static final Pattern KEY = Pattern.compile("(?m)^(?:# )?([a-z][a-z-]*) = ");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("configurable")
    void loads(String command) {
        assertThatCode(() -> ConfigFile.load(sample(command), spec(command))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("configurable")
    void loadsWithEveryDefaultAndAlternativeSpelledOut(String command) throws IOException {
        for (String line : Files.readAllLines(sample(command))) {
            if (KEY.matcher(line).find()) {
                Path single = Files.writeString(directory.resolve("single.toml"), line.replaceFirst("^# ", "") + "\n");
                assertThatCode(() -> ConfigFile.load(single, spec(command)))
                        .as(line)
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configurable")
    void showsEveryKey(String command) throws IOException {
        List<String> shown = KEY.matcher(Files.readString(sample(command)))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        List<String> keys = spec(command).options().stream()
                .map(OptionSpec::longestName)
                .map(name -> name.substring(2))
                .filter(key ->
                        !List.of("config", "help", "stacktrace", "stop-at-eof").contains(key))
                .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void hasNoFileOfACommandThatIsGone() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            configurable().map(command -> command + ".toml").collect(Collectors.toSet()));
        }
    }

    static Stream<String> configurable() {
        return Main.commandLine().getSubcommands().entrySet().stream()
                .filter(command -> command.getValue().getCommandSpec().findOption("--config") != null)
                .map(Map.Entry::getKey);
    }

    private static Path sample(String command) {
        return SAMPLES.resolve(command + ".toml");
    }

    private static CommandSpec spec(String command) {
        return Main.commandLine().getSubcommands().get(command).getCommandSpec();
    }
}
