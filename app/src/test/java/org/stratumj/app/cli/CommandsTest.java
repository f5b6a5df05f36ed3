package org.stratumj.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.app.role.RoleException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class CommandsTest {
    @TempDir
    private Path directory;

    private final Sample sample = new Sample();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Commands commands;

    @BeforeEach
    void buildCommandLine() {
        CommandLine root = new CommandLine(new Root()).addSubcommand(sample);
        commands = new Commands(root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)));
    }

    @Test
    void usesDefaultsWithoutFileAndFlags() {
        assertThat(commands.run("sample")).isEqualTo(Commands.OK);
        assertThat(sample.listen.socketAddress().getPort()).isEqualTo(3333);
        assertThat(sample.servers).isEmpty();
    }

    @Test
    void readsEveryKindOfKeyFromAFile() throws IOException {
        Path file = config("""
                # a comment
                listen = "127.0.0.1:4444"
                wait = "1.5m"
                max = 17
                ratio = 0.25
                loud = true
                servers = ["a", "b"]
                """);
        assertThat(commands.run("sample", "--config", file.toString())).isEqualTo(Commands.OK);
        assertThat(sample.listen.socketAddress().getPort()).isEqualTo(4444);
        assertThat(sample.wait).isEqualTo(Duration.ofSeconds(90));
        assertThat(sample.max).isEqualTo(17);
        assertThat(sample.ratio).isEqualTo(0.25);
        assertThat(sample.loud).isTrue();
        assertThat(sample.servers).containsExactly("a", "b");
    }

    @Test
    void letsFlagsWinOverTheFile() throws IOException {
        Path file = config("max = 17\nservers = [\"a\", \"b\"]\nwait = \"1s\"\n");
        assertThat(commands.run("sample", "--max", "3", "--config=" + file, "--servers=c"))
                .isEqualTo(Commands.OK);
        assertThat(sample.max).isEqualTo(3);
        assertThat(sample.servers).containsExactly("c");
        assertThat(sample.wait).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "lisen = `x:1`|:1: unknown key `lisen`; did you mean `listen`?",
                "zzz = 1|:1: unknown key `zzz`; 'root sample --help' lists the keys",
                "config = `x`|:1: unknown key `config`",
                "max = `many`|:1: key `max` must be a whole number, found the text `many`",
                "max = 1.5|:1: key `max` must be a whole number, found 1.5",
                "loud = 1|:1: key `loud` must be true or false, found 1",
                "ratio = `a`|:1: key `ratio` must be a number, found the text `a`",
                "listen = 3333|:1: key `listen` must be a text in quotes, found 3333",
                "servers = [1]|:1: key `servers` must be a text in quotes or a list of them, none with a comma in it, found a list",
                "servers = [`a,b`]|:1: key `servers` must be a text in quotes or a list of them, none with a comma in it, found a list",
                "[listen]|:1: key `listen` must be a text in quotes, found a table",
                "listen = `nowhere`|:1: key `listen`: 'nowhere' is not an address; write HOST:PORT: 127.0.0.1:3333",
                "wait = `soon`|:1: key `wait`: 'soon' is not a duration",
                "listen = |:1: key `listen` has no value; write one, or drop the line",
            })
    void explainsAMistakeInTheFileInOneLine(String line, String message) throws IOException {
        Path file = config(line.replace('`', '"') + "\n");
        assertThat(commands.run("sample", "-c", file.toString())).isEqualTo(Commands.USAGE);
        assertThat(err.toString().strip())
                .hasLineCount(1)
                .startsWith("root sample: ")
                .contains(file.toString())
                .contains(message.replace('`', '"'))
                .endsWith("('root sample --help' explains)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void namesTheLineOfAMistakeFurtherDown() throws IOException {
        Path file = config("max = 1\n\n# servers\nservers = 5\n");
        commands.run("sample", "-c", file.toString());
        assertThat(err.toString()).contains(file + ":4: key \"servers\"");
    }

    @Test
    void explainsAMissingFile() {
        assertThat(commands.run("sample", "-c", "nowhere.toml")).isEqualTo(Commands.USAGE);
        assertThat(err.toString()).startsWith("root sample: no such config file: nowhere.toml; check the path");
    }

    @Test
    void refusesAFileThatIsNoConfig() throws IOException {
        Path file = directory.resolve("large.toml");
        Files.write(file, new byte[ConfigFile.BYTES_MAX + 1]);
        assertThat(commands.run("sample", "-c", file.toString())).isEqualTo(Commands.USAGE);
        assertThat(err.toString()).contains("larger than 1048576 bytes, so not a config file");
        Files.writeString(file, "#" + "x".repeat(ConfigFile.BYTES_MAX - 1));
        assertThat(commands.run("sample", "-c", file.toString())).isEqualTo(Commands.OK);
    }

    @Test
    void namesTheFlagWhenTheMistakeIsOnTheCommandLine() throws IOException {
        Path file = config("max = 17\n");
        assertThat(commands.run("sample", "-c", file.toString(), "--max", "x")).isEqualTo(Commands.USAGE);
        assertThat(err.toString())
                .hasLineCount(1)
                .startsWith("root sample: --max: 'x' is not a whole number")
                .doesNotContain(file.toString());
    }

    @Test
    void suggestsTheNearestFlagAndCommand() {
        String unknown = "there is no command 'smaple'; did you mean sample?";
        assertThat(commands.run("sample", "--lisen", "x:1")).isEqualTo(Commands.USAGE);
        assertThat(commands.run("smaple")).isEqualTo(Commands.USAGE);
        assertThat(commands.run("smaple", "--help")).isEqualTo(Commands.USAGE);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        flag -> assertThat(flag).contains("did you mean --listen?"),
                        command -> assertThat(command).contains(unknown),
                        withHelp -> assertThat(withHelp).contains(unknown));
    }

    @Test
    void endsWithOneWhenARoleFails() {
        sample.outcome = () -> {
            throw new RoleException("cannot listen on 127.0.0.1:3333: in use; choose another --listen");
        };
        assertThat(commands.run("sample")).isEqualTo(Commands.FAILED);
        assertThat(err.toString().strip())
                .isEqualTo("root sample: cannot listen on 127.0.0.1:3333: in use; choose another --listen");
    }

    @Test
    void endsWithTwoWhenOptionsDoNotFitTogether() {
        sample.outcome = () -> {
            throw new UsageException("--a and --b contradict each other; drop one");
        };
        assertThat(commands.run("sample")).isEqualTo(Commands.USAGE);
        assertThat(err.toString().strip())
                .isEqualTo("root sample: --a and --b contradict each other; drop one ('root sample --help' explains)");
    }

    @Test
    void showsAStackTraceOnlyWhenAsked() {
        sample.outcome = () -> {
            throw new IllegalStateException("bug");
        };
        assertThat(commands.run("sample")).isEqualTo(Commands.FAILED);
        assertThat(err.toString().strip())
                .isEqualTo("root sample: internal error: java.lang.IllegalStateException: bug;"
                        + " --stacktrace shows where");
        assertThat(commands.run("sample", "--stacktrace")).isEqualTo(Commands.FAILED);
        assertThat(err.toString()).contains("at org.stratumj.app.cli.CommandsTest");
    }

    private Path config(String text) throws IOException {
        return Files.writeString(directory.resolve("sample.toml"), text);
    }

    @Command(name = "root")
    static final class Root {}

    @Command(name = "sample")
    static final class Sample implements Callable<Integer> {
        Callable<Integer> outcome = () -> Commands.OK;

        @Mixin
        CommonOptions common = new CommonOptions();

        @Option(names = "--listen")
        ListenAddress listen = Converters.address("127.0.0.1:3333");

        @Option(names = "--wait")
        Duration wait = Duration.ZERO;

        @Option(names = "--max")
        int max;

        @Option(names = "--ratio")
        double ratio;

        @Option(names = "--loud")
        boolean loud;

        @Option(names = "--servers", split = ",")
        List<String> servers = List.of();

        @Override
        public Integer call() throws Exception {
            return outcome.call();
        }
    }
}
