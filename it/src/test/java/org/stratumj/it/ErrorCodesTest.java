package org.stratumj.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.ErrorCode;

/// Goal: `docs/error-codes.md` says what the code does. Method: the codes in its tables are those of
/// [ErrorCode], each once, and the ones marked *not yet* are exactly those that no module names.
final class ErrorCodesTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| ([^|]+) \\|.*");

    @Test
    @Tag("ERR-004")
    void everyCodeIsInTheTablesOnce() throws IOException {
        var documented = rows().keySet();
        var known =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(known);
    }

    @Test
    @Tag("ERR-004")
    void notYetMeansThatNobodySendsIt() throws IOException {
        var notYet = new TreeSet<String>();
        rows().forEach((code, sent) -> {
            if (sent.equals("not yet")) {
                notYet.add(code);
            }
        });
        var unused =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toCollection(TreeSet::new));
        ModuleArrowsTest.CLASSES.stream()
                .filter(type -> !type.getName().equals(ErrorCode.class.getName()))
                .filter(type -> !type.getName().startsWith("org.stratumj.app.miner.")) // it reads codes and sends none
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().getName().equals(ErrorCode.class.getName()))
                .forEach(access ->
                        unused.remove(ErrorCode.valueOf(access.getName()).code()));
        assertThat(notYet).isEqualTo(unused);
    }

    private static Map<String, String> rows() throws IOException {
        var rows = new TreeMap<String, String>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "error-codes.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(rows.put(row.group(1), row.group(2).trim())).as(line).isNull();
            }
        }
        return rows;
    }
}
