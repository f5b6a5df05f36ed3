package org.stratumj.protocol.experimental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Direction;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;

class UserMessagesTest {
    private static final MessageRegistry REGISTRY = MessageRegistry.core().with(MessageCodecs.all());

    private static final Everything EVERYTHING = new Everything(
            7,
            0x010203,
            OptionalInt.of(9),
            OptionalInt.of(0x040506),
            OptionalLong.of(-1),
            List.of(true, false),
            List.of(1.5f),
            List.of(Str0255.of("a"), Str0255.EMPTY),
            List.of(Bytes.ofHex("aabb")),
            List.of(1L, -2L),
            Bytes.ofHex("cc"),
            Tlvs.of(new Tlv(0x4000, 1, Bytes.ofHex("dd"))));

    @Test
    void encodesEveryShape() {
        var frame = REGISTRY.encode(EVERYTHING);
        assertThat(Bytes.of(frame.bytes()).toHex())
                .isEqualTo("ffffff" + "430000" + "07000000" + "030201" + "0109" + "01060504" + "01ffffffffffffffff"
                        + "020100" + "010000c03f" + "0200" + "0161" + "00" + "0102aabb" + "0200" + "0100000000000000"
                        + "feffffffffffffff" + "010000cc" + "0040" + "01" + "0100dd");
        assertThat(REGISTRY.decode(frame)).isEqualTo(EVERYTHING);
    }

    @Test
    void encodesEmptyShapes() {
        var empty = new Everything(
                0,
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Bytes.EMPTY,
                Tlvs.NONE);
        var frame = REGISTRY.encode(empty);
        assertThat(frame.payload().size()).isEqualTo(layout(0x7fff, 0xff).payloadBytesMin());
        assertThat(REGISTRY.decode(frame)).isEqualTo(empty);
    }

    @Test
    void describesEveryShape() {
        var layout = layout(0x7fff, 0xff);
        assertThat(layout.javaName()).isEqualTo(Everything.class.getName());
        assertThat(layout.specName()).isEqualTo("Experimental.Everything");
        assertThat(layout.direction()).isEqualTo(Direction.BOTH);
        assertThat(layout.channelMessage()).isTrue();
        assertThat(layout.tlvs()).isTrue();
        assertThat(layout.fields())
                .extracting(field -> field.name() + " " + field.type().specName())
                .containsExactly(
                        "channelId U32",
                        "small U24",
                        "tiny OPTION[U8]",
                        "triple OPTION[U24]",
                        "large OPTION[U64]",
                        "flags SEQ0_255[BOOL]",
                        "rates SEQ0_255[F32]",
                        "names SEQ0_64K[STR0_255]",
                        "parts SEQ0_255[B0_32]",
                        "sums SEQ0_64K[U64]",
                        "blob B0_16M");
    }

    @Test
    void carriesMessagesWithoutFields() {
        var frame = REGISTRY.encode(new Everything.Empty());
        assertThat(frame.payload().size()).isZero();
        assertThat(REGISTRY.decode(frame)).isEqualTo(new Everything.Empty());
    }

    @Test
    void blamesTheSenderWhenARecordRefusesItsValues() {
        var odd = new Frame(new FrameHeader(0x4000, false, 0, 2), Bytes.ofHex("0300"));
        assertThatThrownBy(() -> REGISTRY.decode(odd))
                .isInstanceOfSatisfying(
                        DecodeException.class,
                        e -> assertThat(e.reason()).isEqualTo(DecodeException.Reason.VALUE_REFUSED))
                .hasMessageContaining("3 is odd");
    }

    @Test
    void keepsUnregisteredMessagesAsBytes() {
        var frame = REGISTRY.encode(EVERYTHING);
        var unknown = (UnknownMessage) MessageRegistry.core().decode(frame);
        assertThat(unknown.channelId()).hasValue(7);
        assertThat(MessageRegistry.core().encode(unknown)).isEqualTo(frame);
        assertThat(MessageRegistry.core().payloadSize(unknown))
                .isEqualTo(frame.payload().size());
    }

    @Test
    @Tag("FRM-008")
    void mapsTheChannelIdOfAnUnknownMessageAndNothingElse() {
        var unknown = new UnknownMessage(0x4000, true, 3, Bytes.ofHex("01000000aabb"));
        assertThat(unknown.withChannelId(0x0a0b0c0d))
                .isEqualTo(new UnknownMessage(0x4000, true, 3, Bytes.ofHex("0d0c0b0aaabb")));
        assertThatThrownBy(() -> new UnknownMessage(0x4000, false, 3, Bytes.ofHex("01000000")).withChannelId(1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new UnknownMessage(0x4000, true, 3, Bytes.ofHex("010000")).withChannelId(1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesToEncodeWhatIsNotRegistered() {
        assertThatThrownBy(() -> MessageRegistry.core().encode(EVERYTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not registered");
    }

    @Test
    void refusesTwoMessagesWithTheSameNumbers() {
        assertThatThrownBy(() -> REGISTRY.with(MessageCodecs.all())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("FRM-007")
    void understandsAKnownMessageWithAWrongChannelBit() {
        var frame = new Frame(new FrameHeader(0, true, 1, 6), Bytes.ofHex("020005000000"));
        assertThat(REGISTRY.decode(frame)).isEqualTo(new SetupConnectionSuccess(2, 5));
    }

    private static Layout layout(int extensionType, int messageType) {
        return REGISTRY.layout(extensionType, messageType).orElseThrow();
    }
}
