package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Target;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.miner.MiningRig;
import picocli.CommandLine;

class MinerConfigTest {
    private static final MinerConfig CONFIG = MinerConfig.of(new Endpoint("127.0.0.1", 1, new ClientSecurity.Plain()));

    @Test
    void sharesOutTheSharesAmongTheChannels() {
        assertThat(CONFIG.maxTarget(1e6)).isEqualTo(Target.ofExpectedHashes(1e4));
        assertThat(CONFIG.withChannels(ChannelKind.EXTENDED, 4).maxTarget(1e6)).isEqualTo(Target.ofExpectedHashes(4e4));
    }

    @Test
    void opensExtendedChannelsUnlessToldOtherwise() {
        assertThat(CONFIG.channel()).isEqualTo(ChannelKind.EXTENDED);
        assertThat(new CommandLine(new MinerCommand())
                        .getCommandSpec()
                        .findOption("--channel")
                        .<ChannelKind>getValue())
                .isEqualTo(ChannelKind.EXTENDED);
    }

    @Test
    void takesAnyTargetIfItIsVerySlow() {
        assertThat(CONFIG.maxTarget(10)).isEqualTo(Target.MAX);
        assertThat(CONFIG.maxTarget(0)).isEqualTo(Target.MAX);
    }

    @Test
    void givesEachChannelAThread() {
        assertThat(CONFIG.withChannels(ChannelKind.STANDARD, 1000).threads()).isEqualTo(1000);
        assertThat(MinerConfig.defaultThreads(MiningRig.THREADS_MAX)).isEqualTo(MiningRig.THREADS_MAX);
        assertThat(MinerConfig.defaultThreads(1)).isBetween(1, MiningRig.THREADS_MAX);
    }
}
