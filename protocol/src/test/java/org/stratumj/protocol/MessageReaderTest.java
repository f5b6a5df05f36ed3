package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.U256;

class MessageReaderTest {
    private static final Sv2Message SHARE =
            new SubmitSharesExtended(7, 1, 42, 2, 3, 0x2000_0000L, Bytes.ofHex("0102030405060708"));
    private static final Sv2Message JOB = new NewMiningJob(7, 42, OptionalLong.of(5), 0x2000_0000L, U256.MAX);

    private final MessageRegistry registry = MessageRegistry.core();
    private final MessageReader reader = registry.reader();

    @Test
    void readsOneMessageAfterTheOther() {
        assertThat(read(SHARE)).isEqualTo(SHARE);
        assertThat(read(JOB)).isEqualTo(JOB);
        assertThat(read(SHARE)).isEqualTo(SHARE);
    }

    @Test
    void goesOnAfterAMessageThatIsWrong() {
        assertThatThrownBy(() -> reader.decode(new FrameHeader(0, true, 0x1b, 4), new byte[9], 5, 4))
                .isInstanceOfSatisfying(
                        DecodeException.class,
                        e -> assertThat(e)
                                .hasMessageContaining("SubmitSharesExtended")
                                .hasMessageContaining("sequence_number"));
        assertThat(read(JOB)).isEqualTo(JOB);
    }

    @Test
    void keepsTheBytesOfAnUnknownMessage() {
        var header = new FrameHeader(0x4000, false, 0x77, 2);
        assertThat(reader.decode(header, new byte[] {9, 1, 2, 9}, 1, 2))
                .isEqualTo(new UnknownMessage(0x4000, false, 0x77, Bytes.ofHex("0102")));
    }

    @Test
    void refusesAnotherLengthThanTheHeaders() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.decode(new FrameHeader(0, true, 0x1b, 4), new byte[9], 0, 5));
    }

    private Sv2Message read(Sv2Message message) {
        var frame = registry.encode(message);
        return reader.decode(
                frame.header(), frame.payload().bytes(), 0, frame.header().payloadLength());
    }
}
