package org.stratumj.it.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `./check conformance`: compares `docs/conformance.tsv` of a built and tested checkout with the rules, the classes
/// and the reports. Problems go to standard error, totals to standard output, one line of summary comes last; the exit
/// status is 1 when there is a problem.
public final class Conformance {
    private Conformance() {}

    /// Checks one checkout.
    ///
    /// @param args the root of the checkout
    public static void main(String[] args) throws IOException {
        var root = Path.of(args[0]);
        var problems = new ArrayList<String>();
        var rules = Rule.read(Files.readAllLines(root.resolve("docs/rules.tsv")));
        var rows = Row.read(Files.readAllLines(root.resolve("docs/conformance.tsv")), problems::add);
        var classes = CompiledClasses.under(directories(root, "target/classes", "target/test-classes"));
        var reports = Reports.under(directories(root, "target/surefire-reports", "target/failsafe-reports"));

        new Checker(rules, classes, reports, problems::add).check(rows);

        print(rules, rows);
        problems.forEach(System.err::println);
        System.out.println(summary(rows, problems.size()));
        if (!problems.isEmpty()) {
            System.exit(1);
        }
    }

    /// Those directories of each module that exist.
    private static List<Path> directories(Path root, String... names) throws IOException {
        try (var modules = Files.list(root)) {
            return modules.flatMap(module -> Stream.of(names).map(module::resolve))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    private static void print(List<Rule> rules, List<Row> rows) {
        var familyOf = rules.stream().collect(Collectors.toMap(Rule::id, Rule::family, (first, _) -> first));
        var totals = new TreeMap<String, Map<Status, Integer>>();
        for (Row row : rows) {
            String family = familyOf.getOrDefault(row.id(), "?");
            totals.computeIfAbsent(family, _ -> new EnumMap<>(Status.class)).merge(row.status(), 1, Integer::sum);
        }
        System.out.printf("%-8s", "");
        Stream.of(Status.values()).forEach(status -> System.out.printf("%14s", status.text()));
        System.out.println();
        totals.forEach((family, counts) -> {
            System.out.printf("%-8s", family);
            Stream.of(Status.values()).forEach(status -> System.out.printf("%14d", counts.getOrDefault(status, 0)));
            System.out.println();
        });
    }

    private static String summary(List<Row> rows, int problems) {
        var counts = Stream.of(Status.values())
                .map(status ->
                        rows.stream().filter(row -> row.status() == status).count() + " " + status.text())
                .collect(Collectors.joining(", "));
        return rows.size() + " rules: " + counts + (problems == 0 ? "" : ", " + problems + " problem(s) (above)");
    }
}
