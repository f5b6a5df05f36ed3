package org.stratumj.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Direction;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.DecodeException;

class FrameLimitsTest {
    private static final FrameLimits CORE = FrameLimits.of(MessageRegistry.core());

    static List<Layout> layouts() {
        return MessageRegistry.core().layouts();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void allowsEachTypeWhatItsFieldsCanHoldAndSomeMore(Layout layout) {
        int max = Math.min(layout.payloadBytesMax() + 1024, 16_777_215);
        assertThat(CORE.payloadBytesMax(layout.extensionType(), layout.messageType()))
                .isEqualTo(max);
        assertThatCode(() -> CORE.check(header(layout, max))).doesNotThrowAnyException();
        if (max < FrameHeader.PAYLOAD_BYTES_MAX) {
            assertThatThrownBy(() -> CORE.check(header(layout, max + 1))).isInstanceOf(DecodeException.class);
        }
    }

    @Test
    void boundsTypesThatAreNotKnown() {
        assertThat(CORE.payloadBytesMax(0x4000, 1)).isEqualTo(65_535);
        assertThat(CORE.payloadBytesMax(0, 0x1e)).isEqualTo(65_535);
        assertThat(CORE.withOtherPayloadBytesMax(3).payloadBytesMax(0x4000, 1)).isEqualTo(3);
        assertThat(CORE.withOtherPayloadBytesMax(3).payloadBytesMax(0, 1)).isEqualTo(6 + 1024);
    }

    @Test
    void boundsAllTypesTogether() {
        var limits = CORE.withPayloadBytesMax(1_000_000);
        assertThat(limits.payloadBytesMax(0, 0x74)).isEqualTo(1_000_000);
        assertThat(limits.payloadBytesMax(0, 0x01)).isEqualTo(6 + 1024);
        assertThat(limits.withOtherPayloadBytesMax(2_000_000).payloadBytesMax(9, 9))
                .isEqualTo(1_000_000);
    }

    @Test
    void allowsWhatOneSideSendsOnly() {
        var toServer = FrameLimits.of(MessageRegistry.core().layouts().stream()
                        .filter(layout -> layout.direction() != Direction.TO_CLIENT)
                        .toList())
                .withOtherPayloadBytesMax(0);
        assertThat(toServer.payloadBytesMax(0, 0x00)).isEqualTo(1291 + 1024);
        assertThat(toServer.payloadBytesMax(0, 0x01)).isZero();
    }

    @Test
    void refusesBoundsThatNoFrameHas() {
        assertThatThrownBy(() -> CORE.withPayloadBytesMax(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CORE.withOtherPayloadBytesMax(1 << 24)).isInstanceOf(IllegalArgumentException.class);
    }

    private static FrameHeader header(Layout layout, int payloadLength) {
        return new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payloadLength);
    }
}
