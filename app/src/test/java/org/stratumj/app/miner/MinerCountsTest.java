package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Hash256;

class MinerCountsTest {
    private final MinerCounts counts = new MinerCounts();

    @Test
    void countsABlockInTheChainOnce() {
        counts.found(hash(1));
        assertThat(counts.onTip(hash(2))).isFalse();
        assertThat(counts.onTip(hash(1))).isTrue();
        assertThat(counts.onTip(hash(1))).isFalse();
        assertThat(counts.blocksFound()).isEqualTo(1);
        assertThat(counts.blocksInChain()).isEqualTo(1);
    }

    @Test
    void watchesForABoundedNumberOfBlocks() {
        IntStream.rangeClosed(0, MinerCounts.BLOCKS_MAX).forEach(i -> counts.found(hash(i)));
        assertThat(counts.onTip(hash(0))).isFalse();
        assertThat(counts.onTip(hash(1))).isTrue();
        assertThat(counts.blocksFound()).isEqualTo(MinerCounts.BLOCKS_MAX + 1);
    }

    private static Hash256 hash(int number) {
        return Hash256.fromDisplayHex("%064x".formatted(number));
    }
}
