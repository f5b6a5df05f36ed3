package org.stratumj.it.scripts;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The launcher and what it sources, in a directory of its own, with one module. Its Maven writes a line per call to
/// `calls`, waits for the end of the pipe `hold` where there is one, and makes two jars; its Java prints its class
/// path.
final class CheckoutCopy {
    private static final Path SOURCE = Path.of("").toAbsolutePath().getParent();
    private static final List<String> SCRIPTS = List.of("stratumj", "build/jdk.sh", "build/maven.sh", "build/fresh.sh");

    private static final String MAVEN = """
            #!/bin/sh
            case "$*" in *' -v'*) echo 'Apache Maven 3.9.9'; exit ;; esac
            echo "$$" >>"$TOOLS/calls"
            [ ! -p "$TOOLS/hold" ] || read -r _ <"$TOOLS/hold"
            mkdir -p app/target/lib
            echo library >app/target/lib/library.jar
            echo app >app/target/stratumj-app-1.jar
            """;

    private static final String JAVA = """
            #!/bin/sh
            echo "ran $*"
            """;

    private final Path root;
    private final Path tools;

    CheckoutCopy(Path directory) throws IOException {
        root = Files.createDirectories(directory.resolve("checkout"));
        tools = Files.createDirectories(directory.resolve("tools"));
        // Another user, who cannot write here, has to be able to read.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String script : SCRIPTS) {
            Path copy = root.resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(SOURCE.resolve(script), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(root.resolve(".mvn"));
        Files.createDirectories(root.resolve("app/src/main"));
        Files.writeString(root.resolve("pom.xml"), "");
        Files.writeString(root.resolve("app/pom.xml"), "");
        Files.writeString(source(), "");
        tool("mvn", MAVEN);
        tool("jdk/bin/javac", JAVA);
        tool("jdk/bin/java", JAVA);
        Files.writeString(tools.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
    }

    Path root() {
        return root;
    }

    Path source() {
        return root.resolve("app/src/main/Source.java");
    }

    /// A program that the scripts find before those of this machine.
    void tool(String name, String text) throws IOException {
        Path file = tools.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Lets Maven wait until a line is written to this pipe.
    Path holdMaven() throws IOException, InterruptedException {
        Path pipe = tools.resolve("hold");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        return pipe;
    }

    /// The process ids of Maven's calls so far.
    List<Long> mavenCalls() {
        try {
            Path calls = tools.resolve("calls");
            return Files.exists(calls)
                    ? Files.readAllLines(calls).stream().map(Long::valueOf).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes a source newer than the last build, by the clock of the files.
    void touchSource() throws IOException {
        var later =
                Files.getLastModifiedTime(root.resolve("target/stratumj/stamp")).toMillis() + 2_000;
        Files.setLastModifiedTime(source(), FileTime.fromMillis(later));
    }

    void makeUnwritable() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
            }
        }
    }

    void makeWritable() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /// Starts the launcher.
    Script launch(String... arguments) throws IOException {
        return launch(List.of(), arguments);
    }

    /// The same as a user without rights of his own over the files.
    Script launchUnprivileged(String... arguments) throws IOException {
        boolean root = new UnixSystem().getUid() == 0;
        return launch(
                root ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") : List.of(), arguments);
    }

    private Script launch(List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(root.resolve("stratumj").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        builder.environment().put("TOOLS", tools.toString());
        builder.environment().put("STRATUMJ_JAVA_HOME", tools.resolve("jdk").toString());
        return new Script(builder.start());
    }
}
