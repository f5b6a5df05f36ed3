package org.stratumj.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.app.cli.Commands;
import picocli.CommandLine;

/// What a user gets to read who does not know the command yet.
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``|stratumj: say which command to run ('stratumj --help' explains)",
                "mine|stratumj: there is no command 'mine'; did you mean miner? ('stratumj --help' explains)",
                "keygen|stratumj keygen: say where the secret key goes: --out FILE, or --print-secret",
                "template-provider|stratumj template-provider: say which node gives the templates: --node 'rpc:",
                "template-provider --node embedded|stratumj template-provider: clients need a key to recognise this",
                "template-provider --node embedded --no-encryption --fee-delta 0|: --fee-delta must be at least 1 satoshi, is 0",
                "template-provider --node embedded --no-encryption --fee-interval 0s|: --fee-interval must be longer than nothing",
                "template-provider --node embedded --no-encryption --connections-max 0|: --connections-max, --connections-per-source-max, --connections-half-open-max and --connections-half-open-per-source-max are at least 1",
                "demo --blocks 0|stratumj demo: --blocks must be at least 1, is 0",
                "demo --blocks some|stratumj demo: --blocks: 'some' is not a whole number",
                "demo --duration 0s|stratumj demo: --duration must be longer than nothing",
                "demo --threads 0|stratumj demo: --threads must be at least 1, is 0",
                "demo --channel group|stratumj demo: --channel: 'group' is none of standard, extended",
                "demo --node mainnet|stratumj demo: --node: 'mainnet' is no node; write ",
            })
    void saysInOneLineWhatToDo(String line, String message) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(Commands.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip()).hasLineCount(1).contains(message);
    }

    @Test
    void knowsItsVersion() {
        assertThat(run("--version")).isEqualTo(Commands.OK);
        assertThat(out.toString().strip()).matches("stratumj \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void showsHelpForACommand() {
        assertThat(run("demo", "--help")).isEqualTo(Commands.OK);
        assertThat(out.toString()).startsWith("Usage: stratumj demo ");
        assertThat(err.toString()).isEmpty();
    }

    private int run(String... args) {
        CommandLine root = Main.commandLine();
        root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Commands(root).run(args);
    }
}
