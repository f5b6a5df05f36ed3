package org.stratumj.node.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;
import org.stratumj.node.BlockTemplate;

class ChainPrefixTest {
    @Test
    void chainsBeginWithTheGenesisOfTheirNetwork() {
        assertThat(ChainProfile.REGTEST.genesis().hash())
                .hasToString("0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206");
        assertThat(ChainProfile.SIGNET.genesis().hash())
                .hasToString("00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6");
    }

    @ParameterizedTest
    @EnumSource
    void prefixIsTheSameInEveryProcessAndHasMatureCoins(ChainProfile profile) {
        try (EmbeddedNode node = EmbeddedNode.start(EmbeddedOptions.of(profile))) {
            assertThat(node.tip().height()).isEqualTo(EmbeddedNode.PREFIX_BLOCKS);
            assertThat(node.tip().hash())
                    .hasToString(
                            switch (profile) {
                                case REGTEST -> "75d6e86472fffb774e805d6ebe4e486cd9f9fb87e765938ae340a22e4d1ae183";
                                case SIGNET -> "0000025c29a7a40d846026bba75b7684a09b7f20dd9b5069b1e265671a5c7a93";
                                case SIMULATION -> "00008d8fa2fcc475daf704fc1d950cc6e81de1f8e23757c70edb2512cfb2cd2b";
                            });
            BlockTemplate template = node.template();
            assertThat(template.nBits()).isEqualTo(profile.genesis().nBits());
            assertThat(template.transactions()).hasSize(20);
            assertThat(template.fees()).isPositive();
        }
    }

    @Test
    void everySignetBlockHasWorkOfMillionsOfHashes() {
        Target limit = ChainProfile.SIGNET.limit();
        for (HashedBlock block : ChainPrefix.blocks(ChainProfile.SIGNET)) {
            assertThat(limit.isMetBy(block.hash())).isTrue();
        }
        assertThat(limit.expectedHashes()).isBetween(4.8e6, 4.9e6);
    }

    /// The program that made the resource still makes it: checked on one block, for want of minutes.
    @Test
    void nonceOfTheResourceIsTheSmallestThatSolves() {
        BlockHeader first =
                ChainPrefix.blocks(ChainProfile.SIGNET).getFirst().block().header();
        BlockHeader unsolved =
                new BlockHeader(first.version(), first.prevHash(), first.merkleRoot(), first.time(), first.nBits(), 0);
        assertThat(PrefixMiner.search(unsolved)).isEqualTo(first.nonce());
    }
}
