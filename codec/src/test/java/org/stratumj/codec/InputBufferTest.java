package org.stratumj.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InputBufferTest {
    @Test
    void givesALargeArrayBackWhenItIsEmpty() {
        var buffer = new InputBuffer();
        buffer.add(new byte[InputBuffer.RETAINED_BYTES_MAX + 1], 0, InputBuffer.RETAINED_BYTES_MAX + 1);
        buffer.take(InputBuffer.RETAINED_BYTES_MAX);
        buffer.trim();
        assertThat(buffer.available()).isEqualTo(1);
        buffer.take(1);
        buffer.trim();
        assertThat(buffer.content()).isEmpty();
    }

    @Test
    void keepsASmallArray() {
        var buffer = new InputBuffer();
        buffer.add(new byte[100], 0, 100);
        buffer.take(100);
        var array = buffer.content();
        buffer.trim();
        buffer.add(new byte[200], 0, 200);
        assertThat(buffer.content()).isSameAs(array);
    }

    @Test
    void givesNoByteThatDidNotArrive() {
        var buffer = new InputBuffer();
        buffer.add(new byte[3], 0, 3);
        assertThatThrownBy(() -> buffer.take(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.add(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
