package org.stratumj.it.sri;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What became of each case, a line each: verdict, name, detail, with tabs between.
final class CaseTable {
    /// Names the file to write.
    private static final String FILE = "STRATUMJ_SRI_TABLE";

    private final Optional<Path> file;
    private final List<String> lines = new ArrayList<>();

    private CaseTable(Optional<Path> file) {
        this.file = file;
    }

    static CaseTable fromEnvironment() {
        return new CaseTable(Optional.ofNullable(System.getenv(FILE)).map(Path::of));
    }

    synchronized void add(SriCase one, String detail) {
        lines.add(switch (one.kind()) {
                    case AGREES -> "agrees";
                    case DIFFERS -> "differs, as expected";
                }
                + "\t" + one.name() + "\t" + detail);
    }

    synchronized void addFailed(SriCase one, Throwable failure) {
        lines.add("FAILED\t" + one.name() + "\t" + firstLine(failure));
    }

    synchronized void write() throws IOException {
        if (file.isPresent()) {
            Files.write(file.get(), lines);
        }
    }

    private static String firstLine(Throwable failure) {
        return failure.toString()
                .lines()
                .filter(line -> !line.isBlank())
                .limit(4)
                .reduce("", (a, b) -> a + " " + b.strip())
                .strip();
    }
}
