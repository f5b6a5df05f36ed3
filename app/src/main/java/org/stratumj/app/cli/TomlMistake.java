package org.stratumj.app.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;

/// What is wrong with a config file that is not TOML, in the terms of its user: which line, which key, and how to write
/// it. The parser knows its tokens only.
///
/// @param line    from 1
/// @param message without the place
record TomlMistake(int line, String message) {
    private static final Pattern SETTING = Pattern.compile("\\s*[\"']?([\\w-]+)[\"']?\\s*([=:])\\s*(.*?)\\s*");
    private static final Pattern UNQUOTED = Pattern.compile("([^\"'\\[{#][^#]*?)\\s*(?:#.*)?");

    static TomlMistake of(JacksonException e, List<String> lines, CommandSpec command) {
        String original = e.getOriginalMessage().lines().findFirst().orElse("");
        if (original.startsWith("Duplicate key")) {
            return ofSecond(lines);
        }
        // Some mistakes come without a place: the last line is where the parser stopped.
        int found = e.getLocation() == null ? lines.size() : e.getLocation().getLineNr();
        int line = Math.clamp(found, 1, Math.max(1, lines.size()));
        while (line > 1
                && original.startsWith("Premature end")
                && !SETTING.matcher(lines.get(line - 1)).matches()) {
            line--; // where the value began that does not end
        }
        String text = lines.isEmpty() ? "" : lines.get(line - 1);
        Matcher setting = SETTING.matcher(text);
        return new TomlMistake(
                line,
                setting.matches()
                        ? ofValue(setting.group(1), setting.group(2), setting.group(3), original, command)
                        : "'" + text.strip() + "' is not a setting; write key = value");
    }

    private static TomlMistake ofSecond(List<String> lines) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher setting = SETTING.matcher(lines.get(i));
            if (setting.matches() && !seen.add(setting.group(1))) {
                return new TomlMistake(i + 1, "key \"" + setting.group(1) + "\" is set a second time; drop one");
            }
        }
        return new TomlMistake(lines.size(), "a key is set a second time; drop one");
    }

    private static String ofValue(String key, String sign, String value, String original, CommandSpec command) {
        String what = "key \"" + key + "\"";
        Matcher unquoted = UNQUOTED.matcher(value);
        if (sign.equals(":")) {
            return what + " is followed by ':'; write " + key + " = ...";
        } else if (value.isEmpty() || value.startsWith("#")) {
            return what + " has no value; write one, or drop the line";
        } else if (value.contains("“") || value.contains("”") || value.contains("„")) {
            return what + " has typographic quotes; write straight ones: \"";
        } else if (unquoted.matches()) {
            return what + ofUnquoted(key, unquoted.group(1), command);
        } else if (original.contains("escape")) {
            return what
                    + " has a \\ in double quotes, where it begins an escape; write the text in single quotes: '...'";
        } else if (original.startsWith("Newline")) {
            return what + ": the quotes are not closed";
        } else if (original.startsWith("Premature end")) {
            return what + ": the list is not closed with ]";
        }
        return what + " is not valid TOML: " + original;
    }

    private static String ofUnquoted(String key, String value, CommandSpec command) {
        OptionSpec option = command.findOption("--" + key);
        ConfigFile.Expected expected = option == null ? ConfigFile.Expected.TEXT : ConfigFile.Expected.of(option);
        String line = " must be " + expected.text() + ", found " + value;
        return switch (expected) {
            case TEXT, TEXTS -> line + "; write " + key + " = \"" + value + "\"";
            case FLAG, NUMBER, WHOLE_NUMBER -> line;
        };
    }
}
