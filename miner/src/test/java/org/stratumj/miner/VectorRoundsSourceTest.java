package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VectorRoundsSourceTest {
    /// Only white space may differ: that is the formatter's.
    @Test
    void vectorRoundsIsWhatTheProgramWrites() throws IOException {
        String committed = Files.readString(Path.of("src/main/java/org/stratumj/miner/VectorRounds.java"));
        assertThat(squeezed(VectorRoundsSource.source())).isEqualTo(squeezed(committed));
    }

    private static String squeezed(String source) {
        return source.replaceAll("\\s", "");
    }
}
