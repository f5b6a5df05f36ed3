package org.stratumj.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WireWriterTest {
    @Test
    void cannotWriteBeyondItsRange() {
        var target = new byte[8];
        var writer = new WireWriter(target, 2, 3);
        assertThatThrownBy(() -> writer.u32(1)).isInstanceOf(IndexOutOfBoundsException.class);
        writer.u24(0xffffff);
        assertThatThrownBy(() -> writer.u8(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(target).containsExactly(0, 0, 0xff, 0xff, 0xff, 0, 0, 0);
    }

    @Test
    void refusesValuesThatTheTypeCannotHold() {
        assertRefused(writer -> writer.u8(256));
        assertRefused(writer -> writer.u16(-1));
        assertRefused(writer -> writer.u24(1 << 24));
        assertRefused(writer -> writer.u32(1L << 32));
        assertRefused(writer -> writer.f32(Float.NaN));
        assertRefused(writer -> writer.b032(Bytes.of(new byte[33])));
        assertRefused(writer -> writer.b0255(Bytes.of(new byte[256])));
        assertRefused(writer -> writer.b064k(Bytes.of(new byte[65536])));
        assertRefused(writer -> writer.seq0255(Collections.nCopies(256, 1), WireWriter::u8));
        assertRefused(writer -> writer.seq064k(Collections.nCopies(65536, 1), WireWriter::u8));
    }

    @Test
    void noticesBytesThatWereNotWritten() {
        assertThatThrownBy(() -> Bytes.written(3, writer -> writer.u16(1))).isInstanceOf(IllegalStateException.class);
    }

    private static void assertRefused(Consumer<WireWriter> write) {
        var writer = new WireWriter(new byte[100], 0, 100);
        assertThatThrownBy(() -> write.accept(writer)).isInstanceOf(IllegalArgumentException.class);
    }
}
