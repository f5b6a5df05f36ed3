package org.stratumj.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void saysWhatTheLimitHasToBe() {
        assertThat(OpenFiles.complaint(10_000 + OpenFiles.RESERVE, 10_000)).isEmpty();
        assertThat(OpenFiles.complaint(1024, 10_000))
                .hasValueSatisfying(line -> assertThat(line)
                        .hasLineCount(1)
                        .contains("1024", "--connections-max 10000", "ulimit -n 10256"));
    }
}
