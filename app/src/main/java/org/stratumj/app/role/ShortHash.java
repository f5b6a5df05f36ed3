package org.stratumj.app.role;

import java.util.regex.Pattern;

/// A block hash in a line for people: `00000002…6c7a93d1`. A hash of a chain with difficulty begins with zeros, so its
/// end is what tells it apart. JSON has the whole one.
public final class ShortHash {
    private static final int DIGITS = 8;
    private static final Pattern HASH = Pattern.compile("\\b[0-9a-f]{64}\\b");

    private ShortHash() {}

    /// The same text with each hash in it shortened.
    public static String ofAllIn(String text) {
        return HASH.matcher(text).replaceAll(hash -> of(hash.group()));
    }

    /// The first and the last eight digits; a text that is not longer than that stays.
    public static String of(String hash) {
        return hash.length() <= 2 * DIGITS + 1
                ? hash
                : hash.substring(0, DIGITS) + "…" + hash.substring(hash.length() - DIGITS);
    }
}
