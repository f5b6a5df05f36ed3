package org.stratumj.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.stratumj.app.role.RoleException;
import org.stratumj.node.NodeException;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs a command line: reads the config file of the subcommand first, and turns whatever goes wrong into one
/// line on the error stream and an exit code.
///
/// | exit code | meaning |
/// |---|---|
/// | 0 | done |
/// | 1 | failed while running |
/// | 2 | the command line or the config file is wrong |
/// | 3 | the JVM is out of memory or threads |
/// | 130, 143 | stopped by Ctrl-C or by SIGTERM, in order |
public final class Commands {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    private final CommandLine root;
    private Optional<ConfigFile> config = Optional.empty();

    /// @param root the program with its subcommands
    public Commands(CommandLine root) {
        this.root = root;
        root.setCaseInsensitiveEnumValuesAllowed(true);
        Converters.register(root);
        root.setParameterExceptionHandler((e, _) -> usageError(e.getCommandLine(), lineOf(e)));
        root.setExecutionExceptionHandler((e, command, _) -> executionError(e, command));
    }

    /// Parses and runs.
    ///
    /// @return the exit code
    public int run(String... args) {
        Optional<CommandLine> subcommand = subcommand(args);
        if (subcommand.isEmpty()
                && args.length > 0
                && !args[0].startsWith("-")
                && !root.getSubcommands().isEmpty()) {
            return usageError(root, unknownCommand(args[0]));
        }
        try {
            subcommand.ifPresent(command -> configPath(args).ifPresent(path -> useConfig(command, path)));
        } catch (UsageException e) {
            return usageError(subcommand.orElse(root), e.getMessage());
        }
        return root.execute(args);
    }

    private String unknownCommand(String word) {
        return "there is no command '" + word + "'"
                + NearestName.of(word, root.getSubcommands().keySet())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; there are "
                                + String.join(", ", root.getSubcommands().keySet()));
    }

    private void useConfig(CommandLine command, Path path) {
        ConfigFile file = ConfigFile.load(path, command.getCommandSpec());
        command.setDefaultValueProvider(file);
        config = Optional.of(file);
    }

    private Optional<CommandLine> subcommand(String... args) {
        return Arrays.stream(args).findFirst().map(root.getSubcommands()::get);
    }

    /// The config file has to be known before the other options are parsed, because it gives their defaults.
    private static Optional<Path> configPath(String... args) {
        List<String> words =
                Arrays.stream(args).takeWhile(word -> !word.equals("--")).toList();
        for (int i = words.size() - 1; i >= 0; i--) {
            String word = words.get(i);
            if ((word.equals("-c") || word.equals("--config")) && i + 1 < words.size()) {
                return Optional.of(UserPaths.of(words.get(i + 1)));
            } else if (word.startsWith("--config=")) {
                return Optional.of(UserPaths.of(word.substring("--config=".length())));
            } else if (word.startsWith("-c=")) {
                return Optional.of(UserPaths.of(word.substring("-c=".length())));
            }
        }
        return Optional.empty();
    }

    private String lineOf(ParameterException e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched.getSuggestions().stream()
                    .findFirst()
                    .map(near -> PicocliMessage.plain(line) + "; did you mean " + near + "?")
                    .orElse(PicocliMessage.plain(line));
        }
        return Optional.ofNullable(e.getArgSpec())
                .flatMap(arg -> placeInConfig(arg, e.getCommandLine()))
                .map(place -> place + ": " + PicocliMessage.ofValue(line))
                .orElse(PicocliMessage.plain(line));
    }

    private Optional<String> placeInConfig(ArgSpec arg, CommandLine command) {
        boolean given = command.getParseResult() != null
                && command.getParseResult().originalArgs().stream().anyMatch(word -> names(arg, word));
        return given || !(arg instanceof OptionSpec option)
                ? Optional.empty()
                : config.flatMap(file -> file.place(option));
    }

    private static boolean names(ArgSpec arg, String word) {
        return arg instanceof OptionSpec option
                && Arrays.stream(option.names()).anyMatch(name -> word.equals(name) || word.startsWith(name + "="));
    }

    private static int usageError(CommandLine command, String line) {
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + line + " ('" + name + " --help' explains)");
        err.flush();
        return USAGE;
    }

    private static int executionError(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        if (wantsStackTrace(command)) {
            e.printStackTrace(err);
        }
        if (e instanceof UsageException usage) {
            return usageError(command, usage.getMessage());
        }
        String line = e instanceof RoleException || e instanceof NodeException
                ? String.valueOf(e.getMessage())
                : "internal error: " + e + "; --stacktrace shows where";
        err.println(name + ": " + line);

        err.flush();
        return FAILED;
    }

    private static boolean wantsStackTrace(CommandLine command) {
        return command.getParseResult() != null && command.getParseResult().hasMatchedOption("--stacktrace");
    }
}
