package org.stratumj.connection;

/// Text for a log: one bounded line in which nobody can forge another.
final class OneLine {
    private static final int LENGTH_MAX = 400;

    private OneLine() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(LENGTH_MAX).forEach(c -> append(safe, c));
        return safe.toString();
    }

    /// The text, or its first `max` code points and an ellipsis.
    static String cut(String text, int max) {
        return text.codePointCount(0, text.length()) <= max
                ? text
                : text.substring(0, text.offsetByCodePoints(0, max)) + "…";
    }

    private static void append(StringBuilder safe, int character) {
        safe.append(isPrintable(character) ? Character.toString(character) : "?");
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
