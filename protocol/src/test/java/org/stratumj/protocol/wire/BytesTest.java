package org.stratumj.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void sharesNoArrayWithAnybody() {
        byte[] mine = {1, 2, 3};
        var bytes = Bytes.of(mine);
        mine[0] = 9;
        bytes.bytes()[1] = 9;
        assertThat(bytes).isEqualTo(Bytes.ofHex("010203")).hasSameHashCodeAs(Bytes.ofHex("010203"));
    }

    @Test
    void slicesAndJoins() {
        var bytes = Bytes.ofHex("00010203");
        assertThat(bytes.slice(1, 3)).isEqualTo(Bytes.ofHex("0102"));
        assertThat(bytes.slice(4, 4)).isSameAs(Bytes.EMPTY);
        assertThat(bytes.slice(0, 2).concat(bytes.slice(2, 4))).isEqualTo(bytes);
        assertThat(bytes.at(3)).isEqualTo(3);
        assertThat(Bytes.ofHex("ff").at(0)).isEqualTo(255);
        assertThatThrownBy(() -> bytes.slice(3, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> bytes.slice(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.of(new byte[2], 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void writesARangeOfItself() {
        var target = new byte[4];
        Bytes.ofHex("00010203").writeTo(1, 3, target, 1);
        assertThat(target).containsExactly(0, 1, 2, 0);
        assertThatThrownBy(() -> Bytes.ofHex("00").writeTo(0, 2, target, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void showsLongContentInShort() {
        assertThat(Bytes.of(new byte[64]).toString()).isEqualTo("00".repeat(64));
        assertThat(Bytes.of(new byte[65]).toString()).isEqualTo("00".repeat(64) + "… (65 bytes)");
        assertThat(Bytes.of(new byte[65]).toHex()).hasSize(130);
    }
}
