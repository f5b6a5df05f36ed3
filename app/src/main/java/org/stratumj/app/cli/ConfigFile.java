package org.stratumj.app.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.FileFault;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// A TOML config file: every flag of a subcommand is a key of its file, written without the two dashes, and
/// what is given on the command line wins. So there is one list of settings, the one of `--help`. File names count from
/// the folder of the config file.
public final class ConfigFile implements IDefaultValueProvider {
    /// A config file is a page of text; anything larger is another kind of file.
    static final int BYTES_MAX = 1 << 20;

    private final Path path;
    private final List<String> lines;
    private final Map<String, JsonNode> values;

    private ConfigFile(Path path, List<String> lines, Map<String, JsonNode> values) {
        this.path = path;
        this.lines = lines;
        this.values = values;
    }

    /// Reads the file and checks each key and the type of its value against the options of `command`.
    ///
    /// @throws UsageException if the file cannot be read, is not TOML, or does not fit
    public static ConfigFile load(Path path, CommandSpec command) {
        String text = read(path);
        ConfigFile file = new ConfigFile(path, text.lines().toList(), parse(path, text, command));
        file.values.forEach((key, value) -> file.check(key, value, command));
        return file;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        return arg instanceof OptionSpec option
                ? Optional.ofNullable(values.get(key(option)))
                        .map(value -> textOf(option, value))
                        .orElse(null)
                : null;
    }

    /// The value as the option would have it on the command line: the items of a list joined by commas.
    private String textOf(OptionSpec option, JsonNode value) {
        return (value.isArray() ? value.valueStream() : Stream.of(value))
                .map(item -> textOf(option, item.asString()))
                .collect(Collectors.joining(","));
    }

    private String textOf(OptionSpec option, String text) {
        if (option.type() == Path.class) {
            return UserPaths.of(text, path).toString();
        }
        return key(option).equals("node") ? UserPaths.inNode(text, path) : text;
    }

    /// `pool.toml:7: key "listen"` if `option` is set here.
    Optional<String> place(OptionSpec option) {
        String key = key(option);
        return values.containsKey(key) ? Optional.of(at(key) + "key \"" + key + "\"") : Optional.empty();
    }

    /// The key of an option: its longest name without the dashes.
    static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^--?", "");
    }

    private void check(String key, JsonNode value, CommandSpec command) {
        OptionSpec option = command.findOption("--" + key);
        if (option == null || CommonOptions.COMMAND_LINE_ONLY.contains(key)) {
            throw new UsageException(at(key) + "unknown key \"" + key + "\"" + hint(key, command));
        }
        Expected expected = Expected.of(option);
        if (!expected.fits(value)) {
            throw new UsageException(
                    at(key) + "key \"" + key + "\" must be " + expected.text + ", found " + describe(value));
        }
        try {
            textOf(option, value);
        } catch (TypeConversionException e) {
            throw new UsageException(at(key) + "key \"" + key + "\": " + e.getMessage(), e);
        }
    }

    private static String hint(String key, CommandSpec command) {
        return NearestName.of(
                        key, command.options().stream().map(ConfigFile::key).toList())
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("; '" + command.qualifiedName() + " --help' lists the keys");
    }

    /// The tree of the TOML reader has no positions, and our keys are flat: the line that sets the key is the
    /// place.
    private String at(String key) {
        Pattern setting = Pattern.compile("\\s*[\"']?" + Pattern.quote(key) + "[\"']?\\s*[=.].*|\\s*\\[+\\s*"
                + Pattern.quote(key) + "\\s*[.\\]].*");
        for (int i = 0; i < lines.size(); i++) {
            if (setting.matcher(lines.get(i)).matches()) {
                return path + ":" + (i + 1) + ": ";
            }
        }
        return path + ": ";
    }

    private static String read(Path path) {
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw new UsageException(path + ": larger than " + BYTES_MAX + " bytes, so not a config file");
            }
            return TextFiles.read(path);
        } catch (CharacterCodingException e) {
            throw new UsageException(path + ": not a text in UTF-8; save it as UTF-8", e);
        } catch (NoSuchFileException e) {
            throw new UsageException("no such config file: " + path + "; check the path given after --config", e);
        } catch (IOException e) {
            throw new UsageException("cannot read config file " + path + ": " + FileFault.reason(e), e);
        }
    }

    private static Map<String, JsonNode> parse(Path path, String text, CommandSpec command) {
        try {
            return new TomlMapper()
                    .readTree(text)
                    .propertyStream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, java.util.LinkedHashMap::new));
        } catch (JacksonException e) {
            TomlMistake mistake = TomlMistake.of(e, text.lines().toList(), command);
            throw new UsageException(path + ":" + mistake.line() + ": " + mistake.message(), e);
        }
    }

    private static String describe(JsonNode value) {
        if (value.isString()) {
            return "the text \"" + value.asString() + "\"";
        } else if (value.isArray()) {
            return "a list";
        } else if (value.isObject()) {
            return "a table";
        } else {
            return value.asString();
        }
    }

    /// The kinds of values a key can ask for.
    enum Expected {
        FLAG("true or false"),
        WHOLE_NUMBER("a whole number"),
        NUMBER("a number"),
        TEXTS("a text in quotes or a list of them, none with a comma in it"),
        TEXT("a text in quotes");

        private final String text;

        Expected(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static Expected of(OptionSpec option) {
            Class<?> type = option.type();
            if (option.isMultiValue()) {
                return TEXTS;
            } else if (type == boolean.class || type == Boolean.class) {
                return FLAG;
            } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
                return WHOLE_NUMBER;
            } else if (type == double.class || type == Double.class) {
                return NUMBER;
            } else {
                return TEXT;
            }
        }

        boolean fits(JsonNode value) {
            return switch (this) {
                case FLAG -> value.isBoolean();
                case WHOLE_NUMBER -> value.isIntegralNumber();
                case NUMBER -> value.isNumber();
                case TEXTS ->
                    isListItem(value) || (value.isArray() && value.valueStream().allMatch(Expected::isListItem));
                case TEXT -> value.isString();
            };
        }

        private static boolean isListItem(JsonNode value) {
            return value.isString() && !value.asString().contains(",");
        }
    }
}
