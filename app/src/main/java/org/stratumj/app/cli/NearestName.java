package org.stratumj.app.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what a mistyped name was meant to be.
final class NearestName {

    private NearestName() {}

    /// The candidate with the fewest edits to `name`, if no more than a third of its letters are wrong.
    static Optional<String> of(String name, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
                .filter(best -> edits(name, best) <= Math.max(1, Math.min(name.length(), best.length()) / 3));
    }

    /// Levenshtein distance, one row at a time, with `_` and `-` taken as the same letter.
    private static int edits(String given, String candidate) {
        String from = given.replace('_', '-');
        int[] row = new int[candidate.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replace = diagonal + (from.charAt(i - 1) == candidate.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[candidate.length()];
    }
}
