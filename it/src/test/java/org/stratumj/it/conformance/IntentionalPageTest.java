package org.stratumj.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Goal: `docs/intentional.md` names what exists. Method: each `Class#method`, or `#method` of the class named before
/// it, is a test; each class that stands alone in the last column of a table is one of ours.
final class IntentionalPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+)?#([a-z][A-Za-z0-9]+)`");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
    private static final int NAMES_MIN = 50;

    @Test
    void everyNameExists() throws IOException {
        var types = types();
        var missing = new ArrayList<String>();
        int names = 0;
        for (String line : Files.readAllLines(ROOT.resolve("docs/intentional.md"))) {
            String type = "";
            var tests = TEST.matcher(line);
            while (tests.find()) {
                type = tests.group(1) == null ? type : tests.group(1);
                names++;
                String owner = type;
                if (types.stream()
                        .noneMatch(it -> isNamed(it, owner) && it.tests().containsKey(tests.group(2)))) {
                    missing.add(owner + "#" + tests.group(2));
                }
            }
            var alone = TYPE.matcher(line.substring(line.lastIndexOf('|', Math.max(0, line.length() - 2)) + 1));
            while (line.startsWith("|") && alone.find()) {
                names++;
                if (types.stream().noneMatch(it -> isNamed(it, alone.group(1)))) {
                    missing.add(alone.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(names).isGreaterThan(NAMES_MIN);
    }

    private static boolean isNamed(CompiledClasses.Type type, String name) {
        return type.name().endsWith("." + name) || type.name().endsWith("$" + name);
    }

    private static List<CompiledClasses.Type> types() throws IOException {
        try (var modules = Files.list(ROOT)) {
            var directories = modules.flatMap(module ->
                            Stream.of("target/classes", "target/test-classes").map(module::resolve))
                    .filter(Files::isDirectory)
                    .toList();
            return List.copyOf(CompiledClasses.under(directories).types().values());
        }
    }
}
