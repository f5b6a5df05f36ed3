package org.stratumj.noise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// The vector files in the directory `vectors/noise` of the project, by name.
public final class TestVectors {
    private static final Pattern JSON_FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"?([^\",}\\n]*)\"?");
    private static final Pattern JSON_OBJECT = Pattern.compile("\\{[^{}]*}");

    private TestVectors() {}

    /// Reads a CSV file: one map per line, by the names of the first line.
    public static List<Map<String, String>> csv(String file) {
        List<String> lines = text(file).lines().toList();
        String[] names = lines.getFirst().split(",", -1);
        return lines.stream().skip(1).map(line -> row(names, line)).toList();
    }

    /// Reads a JSON file that is one flat object.
    static Map<String, String> flatJson(String file) {
        return fields(text(file));
    }

    /// Reads a JSON file: the flat objects in it that have a member of that name, however deep they lie.
    public static List<Map<String, String>> flatObjects(String file, String member) {
        return JSON_OBJECT
                .matcher(text(file))
                .results()
                .map(object -> fields(object.group()))
                .filter(fields -> fields.containsKey(member))
                .toList();
    }

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    static String text(String file) {
        try (InputStream in = TestVectors.class.getResourceAsStream("/vectors/noise/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> fields(String object) {
        Map<String, String> fields = new HashMap<>();
        JSON_FIELD.matcher(object).results().forEach(field -> fields.put(field.group(1), field.group(2)));
        return fields;
    }

    private static Map<String, String> row(String[] names, String line) {
        String[] cells = line.split(",", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], cells[i]);
        }
        return row;
    }
}
