package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.layout.FieldType;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.mining.SubmitSharesExtended;

/// Every record against the tables of the specification.
class LayoutVectorsTest {
    static Stream<SpecMessages> specMessages() {
        return SpecMessages.all().stream();
    }

    @ParameterizedTest
    @MethodSource("specMessages")
    @Tag("FRM-003")
    @Tag("FRM-004")
    @Tag("FRM-011")
    @Tag("NEG-003")
    @Tag("NEG-004")
    void agreesWithTheSpecification(SpecMessages expected) {
        var layout = MessageRegistry.core()
                .layout(expected.extension(), expected.type())
                .orElseThrow();
        assertThat(asSpec(layout)).isEqualTo(expected);
    }

    @Test
    void hasNoMessageThatTheSpecificationLacks() {
        assertThat(MessageRegistry.core().layouts()).hasSize(44).hasSameSizeAs(SpecMessages.all());
    }

    @Test
    void keepsTlvFieldsOnlyWhereTheSpecificationHasThem() {
        assertThat(MessageRegistry.core().layouts().stream().filter(Layout::tlvs))
                .extracting(Layout::javaName)
                .containsExactly(SubmitSharesExtended.class.getName());
    }

    @Test
    @Tag("FRM-008")
    void beginsEveryChannelMessageWithItsChannel() {
        var channelMessages = MessageRegistry.core().layouts().stream().filter(Layout::channelMessage);
        assertThat(channelMessages).hasSize(16).allSatisfy(layout -> {
            assertThat(layout.fields().getFirst().specName()).isEqualTo("channel_id");
            assertThat(layout.fields().getFirst().type()).isEqualTo(FieldType.Scalar.U32);
        });
    }

    @Test
    @Tag("FRM-010")
    void marksNoMessageOfJobDeclarationOrTemplateDistribution() {
        var others = MessageRegistry.core().layouts().stream()
                .filter(layout -> layout.extensionType() == 0 && layout.messageType() >= 0x50);
        assertThat(others).hasSize(15).noneMatch(Layout::channelMessage);
    }

    @Test
    @Tag("FRM-012")
    void hasNoMessageOfTheReservedType() {
        assertThat(MessageRegistry.core().layout(0, 0x1e)).isEmpty();
    }

    private static SpecMessages asSpec(Layout layout) {
        var direction = switch (layout.direction()) {
            case TO_SERVER -> "C→S";
            case TO_CLIENT -> "S→C";
            case BOTH -> "both";
        };
        return new SpecMessages(
                layout.specName(),
                layout.extensionType(),
                layout.messageType(),
                layout.channelMessage(),
                direction,
                layout.payloadBytesMin(),
                layout.payloadBytesMax(),
                layout.fields().stream()
                        .map(field -> field.specName() + " " + field.type().specName())
                        .toList());
    }
}
