package org.stratumj.protocol.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.codegen.MessageProcessor;

/// Goal: a record that cannot be a message is refused where the mistake is, in words. Method: each is compiled in
/// memory.
class MessageProcessorTest {
    @TempDir
    Path output;

    @Test
    void acceptsAMessage() throws IOException {
        assertThat(
                        errors(
                                "@Message(type = 1, extension = 0x4000) record M(@U32 long id) implements ExtensionMessage, ToServer {}"))
                .isEmpty();
        assertThat(output.resolve("user/MCodec.class")).exists();
        assertThat(output.resolve("user/MessageCodecs.class")).exists();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    long id                     | long has no wire type
                    int id                      | int has no wire type
                    @U16 long id                | @U16 long has no wire type
                    @U32 int id                 | @U32 int has no wire type
                    @U32 boolean id             | @U32 boolean has no wire type
                    double rate                 | double has no wire type
                    String name                 | String has no wire type
                    byte[] raw                  | array has no wire type
                    Bytes raw                   | Bytes has no wire type
                    @B032 U256 hash             | @B032 U256 has no wire type
                    OptionalLong time           | OptionalLong has no wire type
                    @U16 OptionalLong time      | @U16 OptionalLong has no wire type
                    List<U256> path             | List has no wire type
                    @U16 List<U256> path        | @U16 List has no wire type
                    @Seq0255 U256 path          | @Seq0255 U256 has no wire type
                    @Seq0255 List<Long> ids     | Long has no wire type
                    @Seq0255 List<@U16 Long> x  | @U16 Long has no wire type
                    @Seq0255 List<?> x          | wildcard has no wire type
                    @Seq0255 List<List<U256>> x | List has no wire type
                    @U8 @U16 int id             | one wire type only
                    Tlvs tlvs, @U8 int id       | Tlvs is the last component
                    """)
    void refusesComponentsWithoutAWireType(String components, String message) throws IOException {
        assertThat(errors("@Message(type = 1) record M(" + components + ") implements ExtensionMessage, ToServer {}"))
                .singleElement()
                .asString()
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    @Message(type = 256) record M() implements ExtensionMessage, ToServer {}       | type is 256
                    @Message(type = -1) record M() implements ExtensionMessage, ToServer {}        | type is -1
                    @Message(type = 1, extension = 0x8000) record M() implements ExtensionMessage, ToServer {} | extension is 32768
                    @Message(type = 1) record M() implements ToServer {}                           | another kind of Sv2Message
                    @Message(type = 1) record M() implements ExtensionMessage {}                   | ToServer, ToClient or both
                    @Message(type = 1) class M implements ExtensionMessage, ToServer {}            | goes on a record
                    @Message(type = 1, channel = true) record M() implements ExtensionMessage, ToServer {} | begins with @U32 long channelId
                    @Message(type = 1, channel = true) record M(@U32 long id) implements ExtensionMessage, ToServer {} | begins with @U32 long channelId
                    @Message(type = 1, channel = true) record M(@U32 long channelId) implements ExtensionMessage, ToServer {} | implements ChannelMessage
                    @Message(type = 1) record M(@U32 long channelId) implements ExtensionMessage, ToServer, ChannelMessage {} | needs channel = true
                    class Outer { @Message(type = 1) private record M() implements ExtensionMessage, ToServer {} } | must not be private
                    """)
    void refusesRecordsThatAreNoMessages(String source, String message) throws IOException {
        assertThat(errors(source)).singleElement().asString().contains(message);
    }

    @Test
    void refusesTwoMessagesWithTheSameNumbers() throws IOException {
        assertThat(errors("""
                        @Message(type = 1) record M() implements ExtensionMessage, ToServer {}
                        @Message(type = 1) record N() implements ExtensionMessage, ToServer {}
                        """)).singleElement().asString().contains("user.M has the same extension and message type");
    }

    @Test
    void refusesToReplaceAClassOfTheUser() throws IOException {
        assertThat(errors("""
                        @Message(type = 1) record M() implements ExtensionMessage, ToServer {}
                        class MessageCodecs {}
                        """)).first().asString().contains("cannot write user.MessageCodecs");
    }

    @Test
    void refusesTheUnnamedPackage() throws IOException {
        assertThat(errors("", "@Message(type = 1) record M() implements ExtensionMessage, ToServer {}"))
                .singleElement()
                .asString()
                .contains("a message record is in a package");
    }

    @Test
    void pointsAtTheMistake() throws IOException {
        var diagnostics = compile(
                "package user;",
                "@Message(type = 1) record M(\n@U8 int good,\nint bad) implements ExtensionMessage, ToServer {}");
        assertThat(diagnostics)
                .singleElement()
                .satisfies(error -> assertThat(error.getLineNumber()).isEqualTo(6));
    }

    private List<String> errors(String source) throws IOException {
        return errors("package user;", source);
    }

    private List<String> errors(String packageLine, String source) throws IOException {
        return compile(packageLine, source).stream()
                .map(error -> error.getMessage(Locale.ROOT))
                .toList();
    }

    private List<? extends Diagnostic<?>> compile(String packageLine, String source) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            var text = packageLine + "\nimport java.util.*;\nimport org.stratumj.protocol.*;"
                    + "import org.stratumj.protocol.wire.*;\n" + source;
            var options = List.of("-proc:full", "-classpath", System.getProperty("java.class.path"));
            var task = compiler.getTask(null, files, diagnostics, options, null, List.of(new SourceText(text)));
            task.setProcessors(List.of(new MessageProcessor()));
            task.call();
        }
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .toList();
    }

    private static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        SourceText(String text) {
            super(URI.create("string:///user/M.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
