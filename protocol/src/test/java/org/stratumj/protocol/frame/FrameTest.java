package org.stratumj.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.wire.Bytes;

class FrameTest {
    @Test
    @Tag("FRM-001")
    @Tag("FRM-006")
    @Tag("FRM-007")
    void masksTheChannelBitOutOfTheExtension() {
        var header = FrameHeader.parse(new byte[] {(byte) 0xbc, (byte) 0x8a, 0x15, 1, 2, 3}, 0);
        assertThat(header).isEqualTo(new FrameHeader(0x0abc, true, 0x15, 0x030201));
    }

    @Test
    @Tag("FRM-001")
    void writesWhatItParsed() {
        var bytes = HexFormat.of().parseHex("ffffff3c8015310000");
        var written = new byte[9];
        FrameHeader.parse(bytes, 3).writeTo(written, 3);
        assertThat(HexFormat.of().formatHex(written)).isEqualTo("0000003c8015310000");
    }

    @Test
    void takesTheLargestNumbersOfEachField() {
        var header = new FrameHeader(0x7fff, true, 0xff, FrameHeader.PAYLOAD_BYTES_MAX);
        var bytes = new byte[FrameHeader.SIZE];
        header.writeTo(bytes, 0);
        assertThat(bytes).containsOnly(0xff);
        assertThat(FrameHeader.parse(bytes, 0)).isEqualTo(header);
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        assertThatThrownBy(() -> new FrameHeader(0x8000, false, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrameHeader(0, false, 256, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrameHeader(0, false, 0, 1 << 24)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAHeaderOfAnotherLength() {
        assertThatThrownBy(() -> new Frame(new FrameHeader(0, false, 0, 2), Bytes.ofHex("00")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("FRM-008")
    void readsTheChannelIdOfAChannelMessageOnly() {
        var payload = Bytes.ofHex("04030201ff");
        assertThat(new Frame(new FrameHeader(9, true, 0, 5), payload).channelId())
                .hasValue(0x01020304L);
        assertThat(new Frame(new FrameHeader(9, false, 0, 5), payload).channelId())
                .isEmpty();
        assertThat(new Frame(new FrameHeader(9, true, 0, 3), payload.slice(0, 3)).channelId())
                .isEmpty();
    }
}
