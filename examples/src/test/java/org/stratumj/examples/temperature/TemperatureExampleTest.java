package org.stratumj.examples.temperature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.stratumj.json.JsonView;
import org.stratumj.json.reference.MessageReference;
import org.stratumj.json.wireshark.Dissector;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Str0255;

/// Goal: whoever adds messages gets everything that the core messages have, from the annotations alone.
class TemperatureExampleTest {
    private static final MessageRegistry REGISTRY = MessageRegistry.core().with(MessageCodecs.all());
    private static final Pattern MODULES =
            Pattern.compile(".*((?<!/codegen)/target/classes|/(stratumj|jackson|jspecify|netty)-[^/]*\\.jar)");

    @Test
    void showsEverythingThatComesFromTheAnnotations() {
        var bytes = new ByteArrayOutputStream();
        TemperatureExample.show(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines(expected());
    }

    @Test
    void ownMessagesSurviveTheWireAndJson() {
        long seed = 20_261_120L;
        var random = new Random(seed);
        var json = JsonView.of(REGISTRY);
        for (var codec : MessageCodecs.all()) {
            for (int round = 0; round < 200; round++) {
                var frame =
                        frame(codec.layout(), RandomPayload.of(codec.layout(), RandomPayload.Length.RANDOM, random));
                assertThat(REGISTRY.encode(REGISTRY.decode(frame)))
                        .as("seed %d", seed)
                        .isEqualTo(frame);
                assertThat(json.frame(json.text(frame))).as("seed %d", seed).isEqualTo(frame);
            }
        }
    }

    @Test
    void ownMessagesAreCheckedLikeTheOthers() {
        assertThatThrownBy(() -> REGISTRY.decode(frame(layout(), new byte[5])))
                .isInstanceOf(DecodeException.class)
                .hasMessage("ReportTemperature.ambient at byte 5: 1 bytes needed, 0 left");
        assertThatThrownBy(() -> new ReportTemperature(1, List.of(70_000), OptionalInt.empty(), Str0255.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("boards");
    }

    @Test
    void theDissectorAndTheReferenceKnowThem() {
        assertThat(Dissector.script(REGISTRY.layouts()))
                .contains("message(0x4077, 0x02, \"temperature.ReportTemperature.Success\"");
        assertThat(new MessageReference(any -> Optional.empty()).page(REGISTRY.layouts()))
                .contains("## ReportTemperature.Success (0x4077, 0x02)");
    }

    @Test
    void runsOnTheModulePath() throws IOException, InterruptedException {
        var modules = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> MODULES.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var main = "org.stratumj.examples/" + TemperatureExample.class.getName();
        var process = new ProcessBuilder(java, "-Dstdout.encoding=UTF-8", "--module-path", modules, "--module", main)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(output).isEqualToNormalizingNewlines(expected());
    }

    @Test
    void theReadmeShowsTheRealCode() throws IOException {
        var readme = Files.readString(Path.of("../README.md"));
        var block = readme.substring(readme.indexOf("```java\n") + "```java\n".length());
        var shown = block.substring(0, block.indexOf("```"));
        var sources = Path.of("src/main/java/org/stratumj/examples/temperature");
        var code = Files.readString(sources.resolve("ReportTemperature.java"))
                + Files.readString(sources.resolve("TemperatureExample.java"));
        assertThat(shown.lines().map(String::strip).filter(line -> !line.isEmpty()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(code).contains(line));
    }

    private static String expected() {
        return """
                77c0011a00000700000002cb0ddc0d01a50b0d66616e203220697320736c6f77
                true
                {"message":"ReportTemperature","extension_type":16503,"channel_msg":true,"msg_type":1,\
                "fields":{"channel_id":7,"boards":[3531,3548],"ambient":2981,"note":"fan 2 is slow"}}
                message(0x4077, 0x01, "temperature.ReportTemperature", "ReportTemperature", true, 7, 774,
                  { "channel_id", U32, "channel_id" },
                  { "boards", SEQ0_255(U16), "boards" },
                  { "ambient", OPTION(U16), "ambient" },
                  { "note", STR0_255, "note" })
                | 0x4077 | 0x01 | ReportTemperature | client → server | yes | 7 to 774 |
                """;
    }

    private static Layout layout() {
        return REGISTRY.layout(ReportTemperature.EXTENSION, 0x01).orElseThrow();
    }

    private static Frame frame(Layout layout, byte[] payload) {
        var header =
                new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
        return new Frame(header, Bytes.of(payload));
    }
}
