package org.stratumj.json.wireshark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.layout.Direction;
import org.stratumj.protocol.layout.FieldType.Count;
import org.stratumj.protocol.layout.FieldType.Option;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.layout.FieldType.Sequence;
import org.stratumj.protocol.layout.Layout;

/// The committed script is what the layouts say. After a wanted change, write it anew with
/// `-Ddocs.write=true` and read the difference. What it makes of frames is held against tshark in
/// `interop/tshark`.
class DissectorTest {
    private static final Path COMMITTED = Path.of("../docs/wireshark/sv2.lua");

    @Test
    void theCommittedScriptIsOfTheseLayouts() throws IOException {
        var script = Dissector.script(MessageRegistry.core().layouts());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(COMMITTED, script);
        }
        assertThat(Files.readString(COMMITTED)).isEqualTo(script);
        assertThat(script).doesNotContain("@messages@");
    }

    @Test
    void declaresEveryFieldWithItsType() {
        var layout = layout(
                "com.example.heat.Temp\u00e9rature",
                "Say \"hi\"\\",
                new Layout.Field("a", "a b", Scalar.B0_16M),
                new Layout.Field("b", "b", new Option(Scalar.U64)),
                new Layout.Field("c", "c", new Sequence(Count.SEQ0_64K, Scalar.STR0_255)));
        assertThat(Dissector.entry(layout)).isEqualTo("""
                message(0x4001, 0x07, "heat.Say__hi__", "Say \\"hi\\"\\\\", true, 6, 16777215,
                  { "a b", B0_16M, "a_b" },
                  { "b", OPTION(U64), "b" },
                  { "c", SEQ0_64K(STR0_255), "c" })
                """);
        assertThat(Dissector.entry(layout("Alone", "Alone")))
                .isEqualTo("message(0x4001, 0x07, \"message.Alone\", \"Alone\", true, 0, 0)\n");
    }

    @Test
    void refusesNamesThatCannotBeToldApart() {
        var layouts = List.of(layout("a.x.A", "Same"), layout("b.x.B", "Same"));
        assertThatThrownBy(() -> Dissector.script(layouts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x.Same");
    }

    private static Layout layout(String javaName, String specName, Layout.Field... fields) {
        return new Layout(javaName, specName, 0x4001, true, 7, Direction.BOTH, List.of(fields), false);
    }
}
