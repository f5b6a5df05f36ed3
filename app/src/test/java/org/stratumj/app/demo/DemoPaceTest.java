package org.stratumj.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.node.embedded.ChainProfile;

class DemoPaceTest {
    private static final Target SIGNET = ChainProfile.SIGNET.limit();
    private static final Target REGTEST = ChainProfile.REGTEST.limit();

    @Test
    void findsABlockInFiveSecondsOnAnyChain() {
        assertThat(DemoPace.of(OptionalDouble.empty(), SIGNET).hashesPerSecondMax())
                .isCloseTo(967_000, within(1e3));
        assertThat(DemoPace.of(OptionalDouble.empty(), REGTEST).hashesPerSecondMax())
                .isCloseTo(0.4, within(1e-3));
    }

    @Test
    void goesAsFastAsIsWished() {
        assertThat(DemoPace.of(OptionalDouble.of(5e6), SIGNET).hashesPerSecondMax())
                .isEqualTo(5e6);
        assertThat(DemoPace.of(OptionalDouble.of(0), SIGNET).hashesPerSecondMax())
                .isInfinite();
    }

    @Test
    void asksForAHundredSharesOfEachBlock() {
        double blocksPerMinute = 60 * 1e6 / SIGNET.expectedHashes();
        assertThat(DemoPace.of(OptionalDouble.of(1e6), SIGNET).sharesPerMinute())
                .isCloseTo(100 * blocksPerMinute, within(1e-6));
        assertThat(DemoPace.of(OptionalDouble.empty(), REGTEST).sharesPerMinute())
                .isCloseTo(1200, within(1e-6));
    }

    @Test
    void boundsThePaceOfSharesWhereHashesAreManyOrBlocksEasy() {
        assertThat(DemoPace.of(OptionalDouble.of(0), SIGNET).sharesPerMinute())
                .isEqualTo(DemoPace.SHARES_PER_MINUTE_MAX);
        assertThat(DemoPace.of(OptionalDouble.of(1e6), REGTEST).sharesPerMinute())
                .isEqualTo(DemoPace.SHARES_PER_MINUTE_MAX);
    }

    @Test
    void countsEveryBlockAsAShare() {
        assertThat(DemoPace.of(OptionalDouble.empty(), REGTEST)
                        .policy()
                        .targets()
                        .easiest())
                .isEqualTo(REGTEST);
        assertThat(DemoPace.of(OptionalDouble.empty(), SIGNET)
                        .policy()
                        .targets()
                        .easiest())
                .isEqualTo(ServerPolicy.DEFAULT.targets().easiest());
    }
}
