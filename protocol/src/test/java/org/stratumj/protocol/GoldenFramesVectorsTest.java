package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.Vectors.Entry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Tlvs;

/// Whole frames and the values they carry, made without this code.
class GoldenFramesVectorsTest {
    private static final MessageRegistry REGISTRY = MessageRegistry.core();

    static Stream<Entry> frames() {
        return Vectors.entries("golden-frames.json", "frames", "frame");
    }

    @Test
    void haveEveryMessage() {
        assertThat(frames().map(GoldenFramesVectorsTest::layout).collect(Collectors.toSet()))
                .hasSize(44)
                .containsExactlyInAnyOrderElementsOf(REGISTRY.layouts());
    }

    @ParameterizedTest
    @MethodSource("frames")
    @Tag("TYP-001")
    @Tag("FRM-002")
    void carryTheirValues(Entry entry) throws ReflectiveOperationException {
        var layout = layout(entry);
        var message = REGISTRY.decode(frame(entry));
        assertThat(message.getClass().getName()).isEqualTo(layout.javaName());
        var components = message.getClass().getRecordComponents();
        var fields = entry.content().get("fields");
        assertThat(fields).hasSameSizeAs(layout.fields());
        for (int i = 0; i < fields.size(); i++) {
            var field = layout.fields().get(i);
            assertThat(fields.get(i).get("name").asString()).isEqualTo(field.specName());
            assertThat(fields.get(i).get("type").asString())
                    .isEqualTo(field.type().specName());
            assertThat(Vectors.plain(components[i].getAccessor().invoke(message)))
                    .as(field.specName())
                    .isEqualTo(Vectors.plain(fields.get(i).get("value"), field.type()));
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    @Tag("FRM-001")
    @Tag("FRM-003")
    @Tag("FRM-004")
    @Tag("FRM-006")
    @Tag("FRM-011")
    @Tag("EXT-018")
    @Tag("NEG-003")
    @Tag("NEG-004")
    void areWrittenAsTheyAre(Entry entry) {
        var frame = frame(entry);
        assertThat(REGISTRY.encode(REGISTRY.decode(frame)).bytes()).isEqualTo(frame.bytes());
        assertThat(frame.header().channelMessage())
                .isEqualTo(entry.content().get("channel_msg").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("shares")
    @Tag("FRM-005")
    @Tag("EXT-014")
    @Tag("EXT-015")
    @Tag("WRK-002")
    @Tag("WRK-005")
    @Tag("WRK-006")
    void carryTheTlvFieldsOfAShare(Entry entry) {
        var share = (SubmitSharesExtended) REGISTRY.decode(frame(entry));
        var expected = new ArrayList<String>();
        for (var tlv : entry.content().path("tlvs")) {
            expected.add(tlv.get("extension_type").asInt() + " "
                    + tlv.get("field_type").asInt() + " " + tlv.get("value").asString());
        }
        assertThat(share.tlvs().fields())
                .extracting(tlv -> tlv.extensionType() + " " + tlv.fieldType() + " "
                        + tlv.value().toHex())
                .isEqualTo(expected);
        assertThat(Tlvs.of(share.tlvs().fields())).isEqualTo(share.tlvs());
        assertThat(REGISTRY.encode(share).header().extensionType()).isZero();
    }

    static Stream<Entry> shares() {
        return frames().filter(entry -> entry.text("message").equals("SubmitSharesExtended"));
    }

    private static Layout layout(Entry entry) {
        return REGISTRY.layout(
                        entry.content().get("extension_type").asInt(),
                        entry.content().get("message_type").asInt())
                .orElseThrow();
    }

    static Frame frame(Entry entry) {
        return frame(entry.bytes("frame"));
    }

    static Frame frame(Bytes bytes) {
        return new Frame(FrameHeader.parse(bytes.bytes(), 0), bytes.slice(FrameHeader.SIZE, bytes.size()));
    }
}
