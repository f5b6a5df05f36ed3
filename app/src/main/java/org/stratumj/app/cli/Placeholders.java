package org.stratumj.app.cli;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What help texts and sample files have in place of a value that only the user knows.
public final class Placeholders {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\w*(?:\\.\\.\\.|…)|<[^>]*>|\\bYOUR[-_A-Z]*\\b|\\b(?:HOST|PORT|KEY|ADDRESS)\\b");

    private Placeholders() {}

    /// The first one in `text`, such as `KEY`, `YOUR-ADDRESS` or `bc1q...`.
    public static Optional<String> in(String text) {
        return PLACEHOLDER.matcher(text).results().findFirst().map(MatchResult::group);
    }

    /// Refuses a text with a placeholder.
    ///
    /// @param what belongs in its place, such as `your address`
    /// @throws IllegalArgumentException with one line for users
    public static void refuse(String text, String what) {
        in(text).ifPresent(placeholder -> {
            throw new IllegalArgumentException(
                    "'" + text + "' still has the placeholder " + placeholder + "; put " + what + " in its place");
        });
    }
}
