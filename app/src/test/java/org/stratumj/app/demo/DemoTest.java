package org.stratumj.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class DemoTest {
    private static final double SIGNET_LIMIT = 4_833_930;

    @Test
    void asksForAHundredSharesOfEachBlock() {
        double blocksPerMinute = 60 * 1e6 / SIGNET_LIMIT;
        assertThat(Demo.sharesPerMinute(1e6, SIGNET_LIMIT)).isCloseTo(100 * blocksPerMinute, Assertions.within(1e-6));
    }

    @Test
    void boundsThePaceOfSharesWhereHashesAreManyOrBlocksEasy() {
        assertThat(Demo.sharesPerMinute(0, SIGNET_LIMIT)).isEqualTo(Demo.SHARES_PER_MINUTE_MAX);
        assertThat(Demo.sharesPerMinute(1e6, 2)).isEqualTo(Demo.SHARES_PER_MINUTE_MAX);
    }
}
