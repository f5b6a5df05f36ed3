package org.stratumj.it.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What `docs/conformance.tsv` says about one rule.
///
/// @param proofs tests (`package.Class#method`, of the class that declares the method), or types (`package.Class`,
///     `package.Class#member`) when the status is [Status#HELD_BY_TYPE]
/// @param note   may be empty where the status asks for no reason
record Row(String id, Status status, List<String> proofs, String note) {
    private static final int COLUMNS = 4;

    /// Leaves out comments (`#`) and the line that names the columns. Lines that cannot be read become problems.
    static List<Row> read(List<String> lines, Consumer<String> problems) {
        var rows = new ArrayList<Row>();
        for (String line : lines) {
            if (line.startsWith("#") || line.startsWith("id\t")) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            var status = columns.length == COLUMNS ? Status.of(columns[1]) : Optional.<Status>empty();
            if (status.isEmpty()) {
                problems.accept("not id, status, proof and note with tabs between them: " + line);
                continue;
            }
            rows.add(new Row(columns[0], status.get(), proofs(columns[2]), columns[3].strip()));
        }
        return rows;
    }

    private static List<String> proofs(String column) {
        return column.isBlank() ? List.of() : List.of(column.strip().split(" *, *", -1));
    }
}
