package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.app.cli.Commands;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What the miner says to a command line that makes no sense: one line, exit code 2.
class MinerCommandTest {
    private static final String[] GOOD = {"miner", "--upstream=stratum2+tcp://127.0.0.1:1?plain", "--user=rig1"};

    private final StringWriter err = new StringWriter();

    @Command(name = "stratumj")
    private static final class Root {}

    @Test
    void refusesToStartWithoutAnUpstream() {
        assertThat(run("miner", "--user=rig1")).isEqualTo(Commands.USAGE);
        assertThat(err.toString())
                .startsWith("stratumj miner: say for whom to mine, with --upstream stratum2+tcp://HOST:PORT/KEY;");
    }

    @Test
    void refusesToStartWithoutAUser() {
        assertThat(run(GOOD[0], GOOD[1])).isEqualTo(Commands.USAGE);
        assertThat(err.toString()).contains("say whom the server is to credit with the shares, with --user NAME");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --threads=0             | --threads must be 1..1024, is 0
            --threads=1025          | --threads must be 1..1024, is 1025
            --channels=0            | channels must be 1..
            --channel=group         | is none of standard, extended
            --engine=gpu            | is none of auto, vector, digest
            --hashrate=0            | the hashrate must be more than nothing
            --hashrate=fast         | is not a hashrate
            --version-rolling-mask=ffffffff | has bits outside of 1fffffe0
            --version-rolling-mask=all      | write hexadecimal digits such as 1fffe000, or 0 for none
            --shares-per-second-max=0       | must be a number greater than 0
            --work-deadline=0s      | must be positive
            """)
    void namesWhatIsWrong(String option, String complaint) {
        assertThat(run(GOOD[0], GOOD[1], GOOD[2], option)).isEqualTo(Commands.USAGE);
        assertThat(err.toString()).contains(complaint).endsWith("('stratumj miner --help' explains)\n");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void refusesMoreChannelsThanThreads() {
        assertThat(run(GOOD[0], GOOD[1], GOOD[2], "--channels=3", "--threads=2"))
                .isEqualTo(Commands.USAGE);
        assertThat(err.toString()).contains("channels must be 1..2, as each needs a thread of its own, is 3");
    }

    @Test
    void refusesAUserThatIsTooLong() {
        assertThat(run(GOOD[0], GOOD[1], "--user=" + "x".repeat(256))).isEqualTo(Commands.USAGE);
        assertThat(err.toString()).contains("--user must be at most 255 bytes of UTF-8");
    }

    private int run(String... args) {
        CommandLine root = new CommandLine(new Root()).addSubcommand(new MinerCommand());
        return new Commands(root.setErr(new PrintWriter(err))).run(args);
    }
}
