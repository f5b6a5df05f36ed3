package org.stratumj.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.it.conformance.CompiledClasses;

/// Goal: `docs/attacks.md`, `docs/regressions.md` and `docs/known-faults.md` name what exists. Method: read the class
/// files of all modules; each test of the last column is one test method of one class, each defence of the column
/// before it a type, or a member of one.
@ParameterizedClass(name = "{0}")
@CsvSource({"attacks.md, 51", "regressions.md, 35", "known-faults.md, 12"})
class AttacksPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9]+)(?:[.#]([A-Za-z0-9_]+))?`");

    @Parameter(0)
    private String page;

    @Parameter(1)
    private int rowsMin;

    @Test
    void everyTestExists() throws IOException {
        var tests = classes("target/test-classes");
        var missing = new ArrayList<String>();
        for (Row row : rows()) {
            assertThat(row.tests()).as(row.attack()).isNotEmpty();
            for (Name name : row.tests()) {
                if (tests.stream().noneMatch(type -> name.isTestOf(type))) {
                    missing.add(row.attack() + ": " + name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyDefenceExists() throws IOException {
        var types = classes("target/classes");
        var missing = new ArrayList<String>();
        for (Row row : rows()) {
            assertThat(row.defences()).as(row.attack()).isNotEmpty();
            for (Name name : row.defences()) {
                if (types.stream().noneMatch(type -> name.isIn(type))) {
                    missing.add(row.attack() + ": " + name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private record Row(String attack, List<Name> defences, List<Name> tests) {}

    /// A type, or a member of one.
    ///
    /// @param member empty for the type itself
    private record Name(String type, String member) {
        boolean isIn(CompiledClasses.Type candidate) {
            return isNamed(candidate)
                    && (member.isEmpty() || candidate.members().contains(member));
        }

        boolean isTestOf(CompiledClasses.Type candidate) {
            return isNamed(candidate) && candidate.tests().containsKey(member);
        }

        private boolean isNamed(CompiledClasses.Type candidate) {
            return candidate.name().endsWith("." + type) || candidate.name().endsWith("$" + type);
        }
    }

    private List<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        for (String line : Files.readAllLines(ROOT.resolve("docs").resolve(page))) {
            String[] cells = line.split("\\|", -1);
            boolean isRow = cells.length == 6
                    && !cells[1].contains("---")
                    && !cells[3].strip().equals("Held by");
            if (isRow) {
                rows.add(new Row(cells[1].strip(), names(cells[3]), names(cells[4])));
            }
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(rowsMin);
        return rows;
    }

    private static List<Name> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map(found -> new Name(found.group(1), found.group(2) == null ? "" : found.group(2)))
                .toList();
    }

    private static List<CompiledClasses.Type> classes(String directory) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            var directories = modules.map(module -> module.resolve(directory))
                    .filter(Files::isDirectory)
                    .toList();
            return List.copyOf(CompiledClasses.under(directories).types().values());
        }
    }
}
