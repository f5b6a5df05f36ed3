package com.example.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.wire.Str0255;

/// What the documents show to users of the libraries is in this project, which compiles and runs it.
class DocumentsTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path ROOT = PROJECT.resolve("../..");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(?:java|xml)\n(.*?)```");

    @Test
    void theReadmeShowsThisProject() throws IOException {
        shows("README.md");
    }

    @Test
    void thePageOnChannelsShowsThisProject() throws IOException {
        shows("docs/channels.md");
    }

    @Test
    void aMessageOfOnesOwnHasItsCodec() {
        var bytes = new ByteArrayOutputStream();
        Reports.show(
                new ReportTemperature(7, List.of(3531), OptionalInt.empty(), Str0255.of("fan")),
                new PrintStream(bytes, true));
        String shown = bytes.toString();
        assertTrue(shown.contains("\"boards\":[3531]"), shown);
        assertTrue(shown.endsWith("true" + System.lineSeparator()), shown);
    }

    private static void shows(String document) throws IOException {
        List<String> lines = BLOCK.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        assertFalse(lines.isEmpty());
        String project = project();
        for (String line : lines) {
            assertTrue(project.contains(line), () -> document + " shows what is not in it/consumer: " + line);
        }
    }

    private static String project() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|xml)"))
                    .filter(file -> !file.toString().contains("target"))
                    .map(DocumentsTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
