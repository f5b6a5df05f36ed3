package org.stratumj.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.it.conformance.Reports.Outcome;

final class ReportsTest {
    private static final String REPORT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="a.FooTest" tests="7">
              <testcase name="holds" classname="a.FooTest" time="0.1"><system-out>a line</system-out></testcase>
              <testcase name="takes(int)[1]" classname="a.FooTest" time="0.1"/>
              <testcase name="takes(int)[2]" classname="a.FooTest" time="0.1"><failure message="no">trace</failure></testcase>
              <testcase name="takesMore(int)[1]" classname="a.FooTest" time="0.1"/>
              <testcase name="waits" classname="a.FooTest" time="0.1"><skipped message="not here"/></testcase>
              <testcase name="breaks" classname="a.FooTest" time="0.1"><error type="x">trace</error></testcase>
              <testcase name="" classname="a.FooTest" time="0.1"><error type="x">trace</error></testcase>
            </testsuite>
            """;

    @TempDir
    private Path directory;

    @Test
    void countsTheCasesOfEachMethod() throws IOException {
        Files.writeString(directory.resolve("TEST-a.FooTest.xml"), REPORT);
        Files.writeString(directory.resolve("a.FooTest.txt"), "no XML");

        var reports = Reports.under(List.of(directory));

        assertThat(reports.of("a.FooTest", "holds")).isEqualTo(new Outcome(1, 0, 0));
        assertThat(reports.of("a.FooTest", "takes")).isEqualTo(new Outcome(2, 1, 0));
        assertThat(reports.of("a.FooTest", "takesMore")).isEqualTo(new Outcome(1, 0, 0));
        assertThat(reports.of("a.FooTest", "waits")).isEqualTo(new Outcome(1, 0, 1));
        assertThat(reports.of("a.FooTest", "breaks")).isEqualTo(new Outcome(1, 1, 0));
        assertThat(reports.of("a.FooTest", "gone")).isEqualTo(new Outcome(0, 0, 0));
        assertThat(reports.of("a.BarTest", "holds").passed()).isFalse();
    }
}
