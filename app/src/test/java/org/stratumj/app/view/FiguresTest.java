package org.stratumj.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 H/s",
        "999,999 H/s",
        "999.4,999 H/s",
        "999.6,1.00 kH/s",
        "1023000,1.02 MH/s",
        "9.999e6,10.0 MH/s",
        "99.99e6,100 MH/s",
        "1.5e20,150 EH/s",
        "1.5e22,15000 EH/s",
    })
    void showsHashratesWithThreeDigits(double hashesPerSecond, String text) {
        assertThat(Figures.hashrate(hashesPerSecond)).isEqualTo(text);
    }

    @Test
    void showsDurationsAsAClock() {
        assertThat(Figures.clock(Duration.ofSeconds(3_723))).isEqualTo("1:02:03");
        assertThat(Figures.clock(Duration.ofHours(100))).isEqualTo("100:00:00");
    }
}
