package org.stratumj.app.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A command line of this program that runs a role, for a process of its own: the same Java, the same class path.
///
/// @param main      the class with this program's main method
/// @param role      as [org.stratumj.app.role.Role#name], which is also the subcommand
/// @param arguments its flags; those that tie it to this process are added
public record RoleProgram(String main, String role, List<String> arguments) {
    /// What the JVM of a role is started with, here and by `./stratumj`: a role that is out of memory ends with exit
    /// code
    /// 3 and a line on standard error, instead of living on half broken.
    public static final List<String> JVM_OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules",
            "jdk.incubator.vector",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr");

    private static final Path SHELL = Path.of("/bin/sh");

    public RoleProgram {
        arguments = List.copyOf(arguments);
    }

    /// Starts it.
    ///
    /// @throws IOException if the system has no process for it
    Process launch() throws IOException {
        return new ProcessBuilder(command()).start();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            // Ctrl-C and the end of a terminal reach all of its processes. This one takes them and ends the others in
            // order; a Java that starts with these signals ignored leaves them so.
            command.addAll(List.of(SHELL.toString(), "-c", "trap '' INT HUP; exec \"$@\"", "stratumj"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main, role));
        command.addAll(arguments);
        command.addAll(List.of("--json", "--stop-at-eof"));
        return command;
    }
}
