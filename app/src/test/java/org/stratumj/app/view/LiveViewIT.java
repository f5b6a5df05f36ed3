package org.stratumj.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.app.Main;
import org.stratumj.app.cli.SignalledProgram;
import org.stratumj.app.terminal.PseudoTerminal;
import org.stratumj.app.terminal.Screen;

/// The live view on a real terminal: however the process ends, the terminal is left in order and the last words are on
/// it.
@EnabledOnOs(value = OS.LINUX, disabledReason = "the pseudo-terminal is made with the numbers of Linux")
class LiveViewIT {
    private static final String CTRL_C = "\u0003";

    @Test
    void endsADemoInOrderOnCtrlCAfterTheWindowWasResized() throws IOException, InterruptedException {
        try (PseudoTerminal terminal = start(100, 30, Map.of(), Main.class, "demo")) {
            terminal.screen().await("block accepted at height");
            terminal.resize(60, 12);
            terminal.screen().await("\u001b[H");
            terminal.resize(140, 50);
            terminal.type(CTRL_C);
            assertThat(terminal.exitCode()).as(terminal.screen().written()).isEqualTo(130);
            assertInOrder(terminal);
            assertThat(terminal.screen().lines())
                    .anyMatch(line -> line.startsWith("proxy "))
                    .anyMatch(line -> line.startsWith("stopped by signal after 0:"))
                    .anyMatch(line -> line.startsWith("blocks "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO  template-provider", "INFO  pool", "INFO  proxy", "INFO  miner"})
    void endsADemoInOrderOnCtrlCWhileItStarts(String sign) throws IOException, InterruptedException {
        try (PseudoTerminal terminal = start(80, 24, Map.of(), Main.class, "demo")) {
            terminal.screen().await(sign);
            terminal.type(CTRL_C);
            assertThat(terminal.exitCode()).as(terminal.screen().written()).isEqualTo(130);
            assertInOrder(terminal);
            assertThat(terminal.screen().lines()).anyMatch(line -> line.startsWith("stopped by signal after 0:"));
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143", "HUP,129"})
    void leavesTheTerminalInOrderAfterASignal(String signal, int exitCode) throws IOException, InterruptedException {
        try (PseudoTerminal terminal = live(80, 24, Map.of())) {
            terminal.screen().await("\u001b[?25h");
            signal(terminal, signal);
            assertThat(terminal.exitCode()).isEqualTo(exitCode);
            assertInOrder(terminal);
            assertThat(terminal.screen().lines())
                    .containsSubsequence("miner", "node", "close miner", "close node", "last seen 2 roles");
        }
    }

    @Test
    void goesOnBelowWhatTheShellWroteWhileItWasSuspended() throws IOException, InterruptedException {
        try (PseudoTerminal terminal = live(80, 24, Map.of())) {
            terminal.screen().await("0:00:00   Ctrl-C stops");
            signal(terminal, "STOP");
            assertThat(terminal.screen().cursorVisible()).isTrue();
            signal(terminal, "CONT");
            terminal.screen().await("0:00:03   Ctrl-C stops");
            terminal.type(CTRL_C);
            assertThat(terminal.exitCode()).isEqualTo(130);
            assertInOrder(terminal);
        }
    }

    @Test
    void stopsWhenTheWindowIsClosed() throws IOException, InterruptedException {
        try (PseudoTerminal terminal = live(80, 24, Map.of())) {
            terminal.screen().await("\u001b[?25h");
            terminal.hangUp();
            assertThat(terminal.exitCode()).isEqualTo(129);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,2", "20,5", "400,200"})
    void fitsATerminalOfAnySize(int columns, int rows) throws IOException, InterruptedException {
        try (PseudoTerminal terminal = live(columns, rows, Map.of())) {
            terminal.screen().await("\u001b[?25h");
            terminal.type(CTRL_C);
            assertThat(terminal.exitCode()).isEqualTo(130);
            assertInOrder(terminal);
            assertThat(terminal.screen().written()).contains("last seen 2 roles");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dumb", ""})
    void writesPlainLinesToATerminalThatCannotMoveItsCursor(String type) throws IOException, InterruptedException {
        try (PseudoTerminal terminal = live(80, 24, Map.of("TERM", type))) {
            terminal.screen().await("status miner: no news");
            terminal.type(CTRL_C);
            assertThat(terminal.exitCode()).isEqualTo(130);
            assertThat(terminal.screen().written()).doesNotContain("\u001b").contains("last seen 2 roles");
        }
    }

    private static PseudoTerminal live(int columns, int rows, Map<String, String> environment) throws IOException {
        return start(columns, rows, environment, SignalledProgram.class, "--live");
    }

    private static PseudoTerminal start(
            int columns, int rows, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Map<String, String> all = new java.util.HashMap<>(Map.of("TERM", "xterm-256color", "LC_ALL", "C.UTF-8"));
        all.putAll(environment);
        return PseudoTerminal.start(columns, rows, command, all);
    }

    private static void signal(PseudoTerminal terminal, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(terminal.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private static void assertInOrder(PseudoTerminal terminal) throws IOException {
        Screen screen = terminal.screen();
        assertThat(screen.cursorVisible()).isTrue();
        assertThat(terminal.hasItsAttributes()).isTrue();
        assertThat(screen.written())
                .endsWith("\n")
                .doesNotContain("internal error", "Exception", "not everything stopped");
    }
}
