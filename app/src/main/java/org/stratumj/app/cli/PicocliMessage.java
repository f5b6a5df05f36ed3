package org.stratumj.app.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parser's messages in plain words.
final class PicocliMessage {
    private static final Pattern VALUE = Pattern.compile("Invalid value for option '([^']+)'.*?: (.*)");
    private static final Pattern ENUM = Pattern.compile("expected one of \\[(.*)] \\(.*\\) but was '(.*)'");
    private static final Pattern CANNOT_CONVERT = Pattern.compile("cannot convert ('.*') to \\w+ \\((.*)\\)");
    private static final Pattern NO_VALUE =
            Pattern.compile("Missing required parameter for option '([^']+)' \\((.*)\\)");
    private static final Pattern NO_VALUE_BUT =
            Pattern.compile("Expected parameter for option '([^']+)' but found '(.*)'");
    private static final Pattern TWICE = Pattern.compile("option '([^']+)'.* should be specified only once");
    private static final Pattern BOOLEAN = Pattern.compile("('.*') is not a boolean");
    private static final Pattern UNMATCHED = Pattern.compile("Unmatched arguments? from index \\d+: (.*)");
    private static final Pattern UNMATCHED_ONE = Pattern.compile("Unmatched argument at index \\d+: (.*)");
    private static final Pattern UNKNOWN = Pattern.compile("Unknown options?: (.*)");

    private PicocliMessage() {}

    /// A message about an option or an argument.
    static String plain(String line) {
        Matcher value = VALUE.matcher(line);
        if (value.matches()) {
            return value.group(1) + ": " + ofValue(line);
        }
        String text = replaced(NO_VALUE, "$1 needs a value: $2", line);
        text = replaced(NO_VALUE_BUT, "$1 needs a value, found $2", text);
        text = replaced(TWICE, "$1 is given twice; drop one", text);
        text = replaced(UNMATCHED, "not expected here: $1", text);
        text = replaced(UNMATCHED_ONE, "not expected here: $1", text);
        return replaced(UNKNOWN, "unknown option $1", text);
    }

    /// A message about a value, without the option: the config file's line and key name it instead.
    static String ofValue(String line) {
        Matcher value = VALUE.matcher(line);
        String text = value.matches() ? value.group(2) : line;
        Matcher choice = ENUM.matcher(text);
        if (choice.matches()) {
            return "'" + choice.group(2) + "' is none of " + choice.group(1).toLowerCase(Locale.ROOT);
        }
        return replaced(
                BOOLEAN, "$1 is neither true nor false", replaced(CANNOT_CONVERT, "$1 cannot be read: $2", text));
    }

    private static String replaced(Pattern pattern, String replacement, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? matcher.replaceFirst(replacement) : text;
    }
}
