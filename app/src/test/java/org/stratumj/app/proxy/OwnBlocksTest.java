package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnBlocksTest {
    private final OwnBlocks blocks = new OwnBlocks();

    @Test
    void noticesABlockThatBecomesTheTip() {
        blocks.add(ScriptedPool.hash(1));
        blocks.add(ScriptedPool.hash(2));

        assertThat(blocks.onTip(ScriptedPool.hash(3))).isFalse();
        assertThat(blocks.onTip(ScriptedPool.hash(2))).isTrue();
        assertThat(blocks.onTip(ScriptedPool.hash(2))).isFalse();
        assertThat(blocks.found()).isEqualTo(2);
        assertThat(blocks.accepted()).isEqualTo(1);
    }

    @Test
    void remembersABoundedNumber() {
        IntStream.rangeClosed(0, OwnBlocks.BLOCKS_MAX).forEach(i -> blocks.add(ScriptedPool.hash(i)));

        assertThat(blocks.onTip(ScriptedPool.hash(0))).isFalse();
        assertThat(blocks.onTip(ScriptedPool.hash(1))).isTrue();
        assertThat(blocks.found()).isEqualTo(OwnBlocks.BLOCKS_MAX + 1);
    }
}
