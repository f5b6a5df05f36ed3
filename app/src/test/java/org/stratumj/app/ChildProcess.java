package org.stratumj.app;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Java program of ours in a process of its own, with the class path of the test. Closing kills what is left
/// of it, and so does the end of the test's JVM.
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final File err;

    private ChildProcess(Process process, File err) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.err = err;
    }

    public static ChildProcess start(Path directory, Class<?> main, String... args) throws IOException {
        return start(directory, List.of(), main, args);
    }

    /// The same with options for its JVM.
    public static ChildProcess start(Path directory, List<String> jvmOptions, Class<?> main, String... args)
            throws IOException {
        return start(directory, List.of(), jvmOptions, main, args);
    }

    /// The same with at most so many open files.
    public static ChildProcess startWithFiles(Path directory, int filesMax, Class<?> main, String... args)
            throws IOException {
        List<String> limit = List.of("/bin/sh", "-c", "ulimit -n " + filesMax + " && exec \"$@\"", "child");
        return start(directory, limit, List.of(), main, args);
    }

    private static ChildProcess start(
            Path directory, List<String> prefix, List<String> jvmOptions, Class<?> main, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        if (new File("/usr/bin/env").canExecute()
                && System.getProperty("os.name").startsWith("Linux")) {
            // A build in the background ignores SIGINT, and its children inherit that.
            command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector"));
        command.addAll(coverageAgent());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tethered.class.getName()));
        command.addAll(List.of(String.valueOf(ProcessHandle.current().pid()), main.getName()));
        command.addAll(List.of(args));
        File err = directory.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return new ChildProcess(builder.start(), err);
    }

    /// What is reached in the child counts too, when coverage is measured.
    private static List<String> coverageAgent() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
                .toList();
    }

    /// Reads lines of standard output until one begins like this.
    public String awaitLine(String start) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
            seen.add(line);
        }
        throw new AssertionError("no line begins with '" + start + "' in " + seen + "; errors: " + errors());
    }

    /// The rest of standard output.
    public List<String> lines() {
        return out.lines().toList();
    }

    /// Waits until standard error has this in it.
    public void awaitError(String part) {
        Eventually.holds(() -> {
            try {
                return errors().contains(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// Standard error, without the line of the JVM about its incubating vector module.
    public String errors() throws IOException {
        return Files.readString(err.toPath()).replaceFirst("WARNING: Using incubator modules: .*\\R", "");
    }

    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
