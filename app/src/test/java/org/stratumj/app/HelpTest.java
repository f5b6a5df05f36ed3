package org.stratumj.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The help texts word for word, in `src/test/resources/help`. After a wanted change, write them anew with
/// `-Dhelp.write=true` and read the difference.
class HelpTest {
    private static final Path TEXTS = Path.of("src/test/resources/help");

    @ParameterizedTest
    @MethodSource("names")
    void explainsEachCommandToANewcomer(String name) throws IOException {
        String help = commands().get(name).getUsageMessage(Ansi.OFF);
        Path expected = TEXTS.resolve(name + ".txt");
        if (Boolean.getBoolean("help.write")) {
            Files.writeString(expected, help);
        }
        assertThat(help).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesEachCommandAnExampleAndHelp(String name) {
        String help = commands().get(name).getUsageMessage(Ansi.OFF);
        assertThat(help).contains("Example").contains("--help").contains("\n  stratumj ");
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void hasNoTextOfACommandThatIsGone() throws IOException {
        try (Stream<Path> files = Files.list(TEXTS)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(commands().keySet());
        }
    }

    static java.util.Set<String> names() {
        return commands().keySet();
    }

    private static Map<String, CommandLine> commands() {
        CommandLine root = Main.commandLine();
        Map<String, CommandLine> commands = new java.util.TreeMap<>(root.getSubcommands());
        commands.put("stratumj", root);
        return commands;
    }
}
