package org.stratumj.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MetricTest {

    /// The page for operators is the list in the code, line by line.
    @Test
    void theTableForPeopleIsTheList() throws IOException {
        assertThat(Files.readAllLines(Path.of("../docs/metrics.md")))
                .filteredOn(line -> line.startsWith("| `stratumj_"))
                .containsExactlyElementsOf(
                        Arrays.stream(Metric.values()).map(Metric::row).toList());
    }
}
