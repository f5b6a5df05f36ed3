package org.stratumj.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MiningFlagsTest {
    @Test
    void readsEachSidesBits() {
        assertThat(MiningFlags.of(0b001, 0)).isEqualTo(new MiningFlags(true, false, false, false, false));
        assertThat(MiningFlags.of(0b010, 0)).isEqualTo(new MiningFlags(false, true, false, false, false));
        assertThat(MiningFlags.of(0b100, 0)).isEqualTo(new MiningFlags(false, false, true, false, false));
        assertThat(MiningFlags.of(0, 0b01)).isEqualTo(new MiningFlags(false, false, false, true, false));
        assertThat(MiningFlags.of(0, 0b10)).isEqualTo(new MiningFlags(false, false, false, false, true));
        assertThat(MiningFlags.of(0b1000, 0b100)).isEqualTo(MiningFlags.NONE);
    }

    @Test
    @Tag("MIN-034")
    void cannotFixTheVersionOfAClientThatRollsIt() {
        assertThatThrownBy(() -> MiningFlags.of(0b100, 0b01)).isInstanceOf(IllegalArgumentException.class);
    }
}
