package org.stratumj.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.app.cli.Commands;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What the demo says to a command line that makes no sense: one line, exit code 2.
class DemoCommandTest {
    private final StringWriter err = new StringWriter();

    @Command(name = "stratumj")
    private static final class Root {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --blocks=0           | --blocks must be at least 1, is 0
            --duration=0s        | --duration must be longer than nothing
            --threads=0          | --threads must be at least 1, is 0
            --processes --report=f | --report is about the memory of one process and --processes has several; drop one
            --processes --node=embedded:main?file=f | there is no embedded profile 'main'
            """)
    void namesWhatIsWrong(String options, String complaint) {
        CommandLine root = new CommandLine(new Root()).addSubcommand(new DemoCommand());
        root.setErr(new PrintWriter(err));
        assertThat(new Commands(root).run(("demo " + options).split(" "))).isEqualTo(Commands.USAGE);
        assertThat(err.toString()).contains(complaint).endsWith("('stratumj demo --help' explains)\n");
        assertThat(err.toString().lines()).hasSize(1);
    }
}
