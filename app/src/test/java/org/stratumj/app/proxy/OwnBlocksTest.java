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
    void givesUpABlockSixTipsLater() {
        blocks.add(ScriptedPool.hash(1));
        for (int i = 0; i < OwnBlocks.TIPS_KEPT; i++) {
            blocks.onTip(ScriptedPool.hash(100 + i));
            assertThat(blocks.takeGone()).isEmpty();
        }
        blocks.onTip(ScriptedPool.hash(200));
        assertThat(blocks.takeGone()).containsExactly(ScriptedPool.hash(1));
        assertThat(blocks.takeGone()).isEmpty();
    }

    @Test
    void remembersABoundedNumber() {
        IntStream.rangeClosed(0, OwnBlocks.BLOCKS_MAX).forEach(i -> blocks.add(ScriptedPool.hash(i)));

        assertThat(blocks.onTip(ScriptedPool.hash(0))).isFalse();
        assertThat(blocks.onTip(ScriptedPool.hash(1))).isTrue();
        assertThat(blocks.found()).isEqualTo(OwnBlocks.BLOCKS_MAX + 1);
    }
}
