package org.stratumj.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stratumj.protocol.frame.FrameHeader;

class HeaderReaderTest {
    private final HeaderReader reader = new HeaderReader();

    @Test
    void readsTheFirstHeaderWhateverItIs() {
        assertThat(reader.read(new byte[6], 0)).isEqualTo(new FrameHeader(0, false, 0, 0));
    }

    @Test
    void givesTheSameObjectForTheSameBytes() {
        var header = new FrameHeader(0, true, 0x1b, 33);
        assertThat(read(header)).isEqualTo(header).isSameAs(read(header));
    }

    /// One bit after the other, each against the header before.
    @Test
    void noticesEveryBitThatDiffers() {
        var bytes = new byte[FrameHeader.SIZE + 1];
        for (int bit = 0; bit < 8 * FrameHeader.SIZE; bit++) {
            var _ = reader.read(bytes, 1);
            bytes[1 + bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(reader.read(bytes, 1)).as("bit %d", bit).isEqualTo(FrameHeader.parse(bytes, 1));
        }
    }

    private FrameHeader read(FrameHeader header) {
        var bytes = new byte[FrameHeader.SIZE];
        header.writeTo(bytes, 0);
        return reader.read(bytes, 0);
    }
}
