package org.stratumj.it.conformance;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Says where the map is wrong: about itself, about the tests, about what ran.
final class Checker {
    private static final Pattern RULE_TAG = Pattern.compile("[A-Z]{3}-[0-9]{3}");

    private final Map<String, Rule> rules;
    private final CompiledClasses classes;
    private final Reports reports;
    private final Consumer<String> problems;

    /// @param problems takes one sentence per problem
    Checker(List<Rule> rules, CompiledClasses classes, Reports reports, Consumer<String> problems) {
        this.rules = rules.stream()
                .collect(Collectors.toMap(Rule::id, Function.identity(), (first, _) -> first, LinkedHashMap::new));
        this.classes = classes;
        this.reports = reports;
        this.problems = problems;
    }

    void check(List<Row> rows) {
        var seen = new HashSet<String>();
        for (Row row : rows) {
            var rule = rules.get(row.id());
            if (rule == null) {
                problem(row, "there is no such rule");
            } else if (!seen.add(row.id())) {
                problem(row, "is there twice");
            } else {
                check(rule, row);
            }
        }
        rules.keySet().stream().filter(id -> !seen.contains(id)).forEach(id -> problems.accept(id + " is missing"));
        checkOrder(rows);
        checkTags(rows);
    }

    private void checkOrder(List<Row> rows) {
        var order = List.copyOf(rules.keySet());
        int last = -1;
        for (Row row : rows) {
            int place = order.indexOf(row.id());
            if (place >= 0 && place < last) {
                problem(row, "comes after " + order.get(last) + ", and not in the order of the rules");
            }
            last = Math.max(last, place);
        }
    }

    private void check(Rule rule, Row row) {
        switch (row.status()) {
            case TESTED -> {
                mustHaveProof(row);
                row.proofs().forEach(test -> checkTest(row, test));
            }
            case HELD_BY_TYPE -> {
                mustHaveProof(row);
                row.proofs().forEach(type -> checkType(row, type));
            }
            case NOT_TESTABLE -> {
                mustHaveReason(row);
                if (!rule.kind().equals("D")) {
                    problem(row, "a rule of kind " + rule.kind() + " is testable");
                }
            }
            case NOT_YET -> {
                mustHaveReason(row);
                if (Set.of("W", "X").contains(rule.kind())) {
                    problem(row, "a rule of kind " + rule.kind() + " has to be held today");
                }
            }
        }
    }

    private void mustHaveProof(Row row) {
        if (row.proofs().isEmpty()) {
            problem(row, row.status().text() + ", and no proof");
        }
    }

    private void mustHaveReason(Row row) {
        if (row.note().isEmpty()) {
            problem(row, row.status().text() + ", and no reason why");
        }
        if (!row.proofs().isEmpty()) {
            problem(row, row.status().text() + ", and yet a proof");
        }
    }

    private void checkTest(Row row, String test) {
        String className = owner(test);
        String method = member(test);
        var type = classes.types().get(className);
        if (type == null || !type.tests().containsKey(method)) {
            problem(row, "there is no test " + test + " (name the class that declares it)");
            return;
        }
        if (!type.tests().getOrDefault(method, Set.of()).contains(row.id())) {
            problem(row, test + " does not carry @Tag(\"" + row.id() + "\")");
        }
        var outcomes = classes.heirsOf(className).stream()
                .map(heir -> reports.of(heir, method))
                .toList();
        if (outcomes.stream().anyMatch(outcome -> outcome.failed() > 0)) {
            problem(row, test + " failed");
        } else if (outcomes.stream().noneMatch(Reports.Outcome::passed)) {
            problem(row, test + " did not run, or was skipped");
        }
    }

    private void checkType(Row row, String proof) {
        var type = classes.find(owner(proof));
        if (type.isEmpty()) {
            problem(row, "there is no type " + owner(proof));
        } else if (!member(proof).isEmpty() && !type.get().members().contains(member(proof))) {
            problem(row, "there is no member " + proof);
        }
    }

    /// Each rule tag on a test is a proof in the map.
    private void checkTags(List<Row> rows) {
        var proofs = rows.stream()
                .filter(row -> row.status() == Status.TESTED)
                .flatMap(row -> row.proofs().stream().map(test -> row.id() + " " + test))
                .collect(Collectors.toSet());
        for (var type : classes.types().values()) {
            type.tests()
                    .forEach((method, tags) -> tags.stream()
                            .filter(tag -> RULE_TAG.matcher(tag).matches())
                            .map(tag -> tag + " " + type.name() + "#" + method)
                            .filter(proof -> !proofs.contains(proof))
                            .sorted()
                            .forEach(proof -> problems.accept(proof + " has the tag and is not in the map")));
        }
    }

    private void problem(Row row, String what) {
        problems.accept(row.id() + " " + what);
    }

    private static String owner(String proof) {
        return proof.split("#", -1)[0];
    }

    private static String member(String proof) {
        return proof.contains("#") ? proof.substring(proof.indexOf('#') + 1) : "";
    }
}
