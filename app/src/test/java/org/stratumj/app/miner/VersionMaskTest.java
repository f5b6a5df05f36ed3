package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionMaskTest {
    @Test
    void readsHexadecimalDigits() {
        assertThat(VersionMask.parse("1fffe000")).isEqualTo(VersionMask.BIP320);
        assertThat(VersionMask.parse("0x1FFFFFE0")).isEqualTo(VersionMask.BIP323);
        assertThat(VersionMask.parse("0")).isEqualTo(VersionMask.NONE);
    }

    @Test
    void writesWhatItReads() {
        assertThat(VersionMask.parse(VersionMask.BIP320.toString())).isEqualTo(VersionMask.BIP320);
        assertThat(VersionMask.NONE).hasToString("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "bip320", "-1", "123456789"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VersionMask.parse(text))
                .withMessageContaining("write hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(longs = {0x20, 0x10000000, 0x1fffffe0})
    void holdsTheBitsOfBip323(long bits) {
        assertThat(new VersionMask(bits).bits()).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x10, 0x20000000, -1, 1L << 32})
    void refusesOtherBits(long bits) {
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionMask(bits));
    }
}
