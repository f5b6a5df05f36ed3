package org.stratumj.node.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;

class ChainProfileTest {
    private static final long LIMIT = 0x1e0377aeL;
    private static final Transaction ANY =
            ChainPrefix.blocks(ChainProfile.SIGNET).getFirst().block().coinbase();

    /// Retargets of the main network: the first with a change, one at the limit, one as hard and one as easy as
    /// may be.
    @ParameterizedTest
    @CsvSource({
        "1d00ffff, 1261130161, 1262152739, 1d00d86a",
        "1d00ffff, 1231006505, 1233061996, 1d00ffff",
        "1c05a3f4, 1279008237, 1279297671, 1c0168fd",
        "1c387f6f, 1263163443, 1269211443, 1d00e1fd"
    })
    void retargetsAsMainnetDid(String before, long first, long last, String after) {
        assertThat(ChainProfile.retarget(Long.parseLong(before, 16), last - first, Target.DIFFICULTY_1))
                .isEqualTo(Long.parseLong(after, 16));
    }

    /// The embedded signet's own future: genesis is of 2020, so the first interval counts as long; at ten seconds a
    /// block the next ones are a quarter of the target each, until blocks come every ten minutes.
    @Test
    void keepsTheLimitAtTheFirstRetargetAndThenFollowsTheBlocks() {
        ChainEntry tip = ChainEntry.genesis(ChainProfile.SIGNET.genesis());
        tip = extend(tip, 128, 600);
        tip = extend(tip, 2015 - 128, 10);
        assertThat(tip.height()).isEqualTo(2015);
        assertThat(ChainProfile.SIGNET.bitsAfter(tip)).isEqualTo(LIMIT);
        tip = extend(tip, 2016, 10);
        long quarter = ChainProfile.SIGNET.bitsAfter(tip);
        assertThat(quarter).isEqualTo(0x1e00ddebL);
        assertThat(Target.fromCompact(quarter).expectedHashes())
                .isCloseTo(4 * Target.fromCompact(LIMIT).expectedHashes(), withPercentage(0.01));
        tip = extend(tip, 1, 10);
        assertThat(ChainProfile.SIGNET.bitsAfter(tip)).isEqualTo(quarter);
        tip = extend(tip, 2015, 600);
        assertThat(ChainProfile.SIGNET.bitsAfter(tip)).isBetween(quarter - 0x200, quarter);
    }

    @Test
    void doesNotRetargetOnRegtest() {
        ChainEntry tip = ChainEntry.genesis(ChainProfile.REGTEST.genesis());
        tip = extend(tip, ChainProfile.REGTEST, 2015, 1);
        assertThat(ChainProfile.REGTEST.bitsAfter(tip)).isEqualTo(0x207fffffL);
    }

    @ParameterizedTest
    @CsvSource({
        "REGTEST, 1, 5000000000",
        "REGTEST, 149, 5000000000",
        "REGTEST, 150, 2500000000",
        "REGTEST, 299, 2500000000",
        "REGTEST, 300, 1250000000",
        "REGTEST, 4950, 0",
        "REGTEST, 9599, 0",
        "REGTEST, 9600, 0",
        "REGTEST, 100000, 0",
        "SIGNET, 209999, 5000000000",
        "SIGNET, 210000, 2500000000"
    })
    void halvesTheSubsidy(ChainProfile profile, int height, long satoshis) {
        assertThat(profile.subsidy(height)).isEqualTo(satoshis);
    }

    @Test
    void takesTheMedianOfElevenTimes() {
        ChainEntry tip = ChainEntry.genesis(ChainProfile.REGTEST.genesis());
        long genesis = tip.header().time();
        assertThat(tip.medianTimePast()).isEqualTo(genesis);
        for (long time : new long[] {50, 10, 90, 20, 80, 30, 70, 40, 60, 100, 5}) {
            tip = tip.next(block(tip, genesis + time, 0x207fffffL));
        }
        // 5 10 20 30 40 50 60 70 80 90 100
        assertThat(tip.medianTimePast()).isEqualTo(genesis + 50);
    }

    private static ChainEntry extend(ChainEntry tip, int count, long seconds) {
        return extend(tip, ChainProfile.SIGNET, count, seconds);
    }

    private static ChainEntry extend(ChainEntry from, ChainProfile profile, int count, long seconds) {
        ChainEntry tip = from;
        for (int i = 0; i < count; i++) {
            // Half a decade of nothing between genesis and the first block.
            long time = tip.height() == 0 ? 1735614000 : tip.header().time() + seconds;
            tip = tip.next(block(tip, time, profile.bitsAfter(tip)));
        }
        return tip;
    }

    private static HashedBlock block(ChainEntry previous, long time, long nBits) {
        BlockHeader header = new BlockHeader(0x20000000L, previous.hash(), Hash256.ZERO, time, nBits, 0);
        return new HashedBlock(new Block(header, List.of(ANY)), header.hash(), List.of());
    }
}
