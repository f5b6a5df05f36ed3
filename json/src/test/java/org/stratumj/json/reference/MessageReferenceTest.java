package org.stratumj.json.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.layout.Direction;
import org.stratumj.protocol.layout.Layout;
import tools.jackson.databind.json.JsonMapper;

/// The committed page is what the layouts say. After a wanted change, write it anew with `-Ddocs.write=true`
/// and read the difference.
class MessageReferenceTest {
    private static final Path COMMITTED = Path.of("../docs/messages.md");

    /// The messages as the specification lists them, with their sections.
    private static final Path SPEC = Path.of("../protocol/src/test/resources/org/stratumj/protocol/spec-messages.json");

    @Test
    void theCommittedPageIsOfTheseLayouts() throws IOException {
        var sections = sections();
        var page = new MessageReference(layout -> Optional.ofNullable(sections.get(number(layout))))
                .page(MessageRegistry.core().layouts());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(COMMITTED, page);
        }
        assertThat(Files.readString(COMMITTED)).isEqualTo(page);
        assertThat(page).contains("Spec: 05 §5.3.").contains("## SetupConnection (0x0000, 0x00)");
    }

    @Test
    void describesAMessageWithoutFieldsOrSection() {
        var layout = new Layout("com.example.Ping", "Ping", 0x4001, false, 7, Direction.BOTH, List.of(), true);
        assertThat(new MessageReference(any -> Optional.empty()).section(layout))
                .isEqualTo("""

                ## Ping (0x4001, 0x07)

                both. Record: `com.example.Ping`. TLV fields of extensions may follow the last field, and are kept.

                No fields.
                """);
    }

    private static Map<Integer, String> sections() throws IOException {
        var sections = new HashMap<Integer, String>();
        for (var message : new JsonMapper().readTree(Files.readString(SPEC))) {
            int number = message.get("ext").asInt() << 8 | message.get("type").asInt();
            sections.put(number, message.get("source").asString());
        }
        return sections;
    }

    private static int number(Layout layout) {
        return layout.extensionType() << 8 | layout.messageType();
    }
}
