package org.stratumj.node.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.node.TestMiner.block;
import static org.stratumj.node.TestMiner.withHeader;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.TestMiner;

/// The embedded chains put before a real node, block by block: whatever they accept, it must accept.
@EnabledIfEnvironmentVariable(named = RealNodeProcess.VARIABLE, matches = ".+")
class RealNodeReplayIT {
    private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted();

    /// Beyond the second halving of regtest, at height 300.
    private static final int REGTEST_BLOCKS = 330;

    @Test
    void acceptsTheRegtestChainThroughTwoHalvings(@TempDir Path directory) throws IOException {
        try (RealNodeProcess real = RealNodeProcess.start(directory, ChainProfile.REGTEST);
                EmbeddedNode chain = EmbeddedNode.start(EmbeddedOptions.of(ChainProfile.REGTEST))) {
            replay(chain, real.node(), 1);
            while (chain.tip().height() < REGTEST_BLOCKS) {
                chain.makeTransactions(10);
                Block block = TestMiner.mine(chain.template());
                assertThat(block.transactions()).hasSizeGreaterThan(10);
                submitToBoth(chain, real.node(), block);
            }
            assertThat(real.node().tip()).isEqualTo(chain.tip());
        }
    }

    @Test
    void acceptsTheSignetChainAndItsNextBlocks(@TempDir Path directory) throws IOException {
        try (RealNodeProcess real = RealNodeProcess.start(directory, ChainProfile.SIGNET);
                EmbeddedNode chain = EmbeddedNode.start(EmbeddedOptions.of(ChainProfile.SIGNET))) {
            replay(chain, real.node(), 1);
            Block ours = solved(chain.template());
            assertThat(ours.transactions()).hasSizeGreaterThan(10);
            submitToBoth(chain, real.node(), ours);
            Block theirs = solved(real.node().template());
            submitToBoth(chain, real.node(), theirs);
            assertThat(real.node().tip()).isEqualTo(chain.tip());
        }
    }

    private static void replay(EmbeddedNode chain, NodeBackend real, int first) {
        for (int height = first; height <= chain.tip().height(); height++) {
            assertThat(real.submit(chain.block(height).orElseThrow()))
                    .as("block %d", height)
                    .isEqualTo(ACCEPTED);
        }
        assertThat(real.tip()).isEqualTo(chain.tip());
    }

    private static void submitToBoth(NodeBackend chain, NodeBackend real, Block block) {
        RawBlock raw = RawBlock.of(block.bytes());
        assertThat(chain.submit(raw)).isEqualTo(ACCEPTED);
        assertThat(real.submit(raw)).isEqualTo(ACCEPTED);
    }

    private static Block solved(BlockTemplate template) {
        Block unsolved = block(template);
        BlockHeader header = unsolved.header();
        long nonce = PrefixMiner.search(header);
        return withHeader(
                unsolved,
                new BlockHeader(
                        header.version(),
                        header.prevHash(),
                        header.merkleRoot(),
                        header.time(),
                        header.nBits(),
                        nonce));
    }
}
