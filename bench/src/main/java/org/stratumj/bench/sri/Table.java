package org.stratumj.bench.sri;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The rows in Markdown.
final class Table {
    private static final String HEAD = """
            | | ours | SRI | ours ÷ SRI | SRI ÷ SRI | ours allocates | SRI allocates |
            |---|---|---|---|---|---|---|
            """;

    private Table() {}

    static String of(List<Row> rows) {
        return rows.stream().map(Table::line).collect(Collectors.joining("", HEAD, ""));
    }

    private static String line(Row row) {
        return "| %s | %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        row.title(),
                        time(median(row.ourCosts(), Cost::nanoseconds)),
                        time(median(row.theirCosts(), Cost::nanoseconds)),
                        "**" + ratio(row.ourCosts(), row.theirCosts()).replaceFirst(" ", "** "),
                        ratio(row.theirCostsAgain(), row.theirCosts()),
                        bytes(median(row.ourCosts(), Cost::bytes)),
                        bytes(median(row.theirCosts(), Cost::bytes)));
    }

    /// The median of the rounds' ratios, and the lowest and highest.
    private static String ratio(List<Cost> of, List<Cost> to) {
        var ratios = IntStream.range(0, of.size())
                .mapToDouble(i -> of.get(i).nanoseconds() / to.get(i).nanoseconds())
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT, "%.2f (%.2f–%.2f)", ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1]);
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
        var sorted = costs.stream().mapToDouble(part).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String time(double nanoseconds) {
        return nanoseconds < 10_000
                ? String.format(Locale.ROOT, "%.0f ns", nanoseconds)
                : String.format(Locale.ROOT, "%.1f µs", nanoseconds / 1000);
    }

    private static String bytes(double bytes) {
        return String.format(Locale.ROOT, "%.0f B", Math.max(0, bytes));
    }
}
