package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ExtranonceTest {
    @Test
    void countsWithTheLeastSignificantByteFirst() {
        assertThat(Extranonce.ofNumber(0x0102030405L, 3)).hasToString("050403");
        assertThat(Extranonce.ofNumber(0x0102, 4)).hasToString("02010000");
        assertThat(Extranonce.ofNumber(-1, 10)).hasToString("ffffffffffffffff0000");
        assertThat(Extranonce.ofNumber(7, 0)).isEqualTo(Extranonce.NONE);
    }

    @Test
    void keepsItsBytesToItself() {
        byte[] bytes = {1, 2};
        Extranonce extranonce = Extranonce.of(bytes);
        bytes[0] = 9;
        extranonce.bytes()[1] = 9;
        assertThat(extranonce)
                .isEqualTo(Extranonce.of(new byte[] {1, 2}))
                .hasSameHashCodeAs(Extranonce.ofNumber(513, 2));
        assertThat(extranonce.size()).isEqualTo(2);
    }

    @Test
    void has32BytesAtMost() {
        assertThat(Extranonce.of(new byte[32]).size()).isEqualTo(32);
        assertThatIllegalArgumentException().isThrownBy(() -> Extranonce.of(new byte[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> Extranonce.ofNumber(0, 33));
        assertThatIllegalArgumentException().isThrownBy(() -> Extranonce.ofNumber(0, -1));
    }
}
