package org.stratumj.it.conformance;

import java.util.List;

/// One rule of the specification, a line of `docs/rules.tsv`.
///
/// @param id   family and number: `MIN-017`
/// @param kind `W` wire, `X` cryptography, `S` state and behaviour, `D` says something about documents or deployments
record Rule(String id, String kind, String text) {
    private static final int COLUMNS = 6;

    /// The letters in front of the number.
    String family() {
        return id.substring(0, id.indexOf('-'));
    }

    /// Leaves out comments (`#`) and the line that names the columns.
    static List<Rule> read(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("id\t"))
                .map(Rule::parse)
                .toList();
    }

    private static Rule parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("not a rule: " + line);
        }
        return new Rule(columns[0], columns[3], columns[4]);
    }
}
