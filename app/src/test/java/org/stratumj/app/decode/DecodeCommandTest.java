package org.stratumj.app.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.app.capture.Packets;
import org.stratumj.app.capture.Packets.Sender;
import org.stratumj.app.cli.Commands;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload;
import org.stratumj.protocol.wire.Bytes;
import picocli.CommandLine;

class DecodeCommandTest {
    private static final String SUCCESS = "000001060000" + "020005000000";
    private static final String HASH = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String JOB = "008015310000" + "01000000" + "02000000" + "0164636261" + "00000020" + HASH;

    @TempDir
    private Path directory;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private byte[] input = {};

    @Test
    void showsEachFieldWithItsOffset() {
        assertThat(run(SUCCESS, JOB)).isEqualTo(Commands.OK);
        assertThat(out.toString()).isEqualTo("""
                byte 0: SetupConnection.Success (type 0x01, extension 0x0000, 6 bytes)
                       0  used_version                 U16              2
                       2  flags                        U32              5
                byte 12: NewMiningJob (type 0x15, extension 0x0000, channel, 49 bytes)
                       0  channel_id                   U32              1
                       4  job_id                       U32              2
                       8  min_ntime                    OPTION[U32]      1633837924
                      13  version                      U32              536870912
                      17  merkle_root                  U256             %s
                """.formatted(HASH));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void showsTextSequencesTlvsAndUnknownMessages() {
        run("0000020b0000" + "00000000" + "06" + "c3a92022207a");
        assertThat(out.toString()).contains("STR0_255         \"\\u00E9 \\\" z\"");
        run("010000080000" + "3412" + "0200" + "0200" + "0140");
        assertThat(out.toString())
                .contains("2  requested_extensions         SEQ0_64K[U16]    2 elements")
                .contains("  [0]                                         2")
                .contains("  [1]                                         16385");
        run("ff7f02020000" + "abcd");
        assertThat(out.toString())
                .contains("message of unknown type (type 0x02, extension 0x7fff, 2 bytes)")
                .contains("0  (payload)                                     abcd");
    }

    @Test
    void letsNothingOfAPeerReachTheTerminal() {
        run("0000020b0000" + "00000000" + "06" + "1b5b33316d7f");
        assertThat(out.toString()).contains("\"\\u001B[31m\\u007F\"").doesNotContain("\u001b", "\u007f");
    }

    @Test
    void cutsLongValues() {
        run("00003b" + "4c0000" + "01000000" + "4000" + "ab".repeat(70));
        assertThat(out.toString()).hasLineCount(2);
        run("ff7f02460000" + "ab".repeat(70));
        assertThat(out.toString()).contains("ab".repeat(64) + "... (70 bytes)");
        run("0100000a0200" + "0000" + "0201" + "0100".repeat(258) + "00".repeat(2));
        assertThat(out.toString())
                .contains("258 elements", "[15]", "and 242 more")
                .doesNotContain("[16]");
    }

    @Test
    void saysAtWhichByteAFrameIsBrokenAndGoesOn() {
        assertThat(run(SUCCESS, "000001030000" + "020005", SUCCESS)).isEqualTo(Commands.FAILED);
        assertThat(out.toString())
                .contains("byte 12: SetupConnection.Success (type 0x01, extension 0x0000, 3 bytes)")
                .contains(
                        "error at byte 20: SetupConnection.Success.flags at byte 2: 4 bytes needed, 1 left of the payload")
                .contains("byte 21: SetupConnection.Success");
    }

    @Test
    void saysWhatAReceiverWouldRefuse() {
        var openChannel = "000010290000" + "07000000" + "00" + "0000c07f" + HASH;
        assertThat(run(openChannel)).isEqualTo(Commands.FAILED);
        assertThat(out.toString())
                .contains("F32              0x7fc00000")
                .contains("error at byte 11: OpenStandardMiningChannel.nominal_hash_rate at byte 5: NaN is not");
    }

    @Test
    void saysThatTheStreamEndsWithinAFrame() {
        assertThat(run(SUCCESS, "000001")).isEqualTo(Commands.FAILED);
        assertThat(out.toString())
                .contains("byte 12: error: the stream ends at byte 15, within a frame; at least 3 more bytes belong");
    }

    @Test
    void saysThatALengthCannotBe() {
        assertThat(run("000001ffffff", SUCCESS)).isEqualTo(Commands.FAILED);
        assertThat(out.toString())
                .contains("byte 0: error: no frame: Frame.msg_length at byte 3: 16777215 bytes of type 0x01")
                .contains("an encrypted or another protocol's stream is not readable here")
                .contains("byte 0: error: 18 bytes skipped");
    }

    @ParameterizedTest
    @CsvSource({"0000010600000200050000zz,character 23 is no hexadecimal digit: 0x7a", "000,an odd number of"})
    void saysWhereTextIsNotHexadecimal(String hex, String message) {
        assertThat(run(hex)).isEqualTo(Commands.FAILED);
        assertThat(out.toString()).contains(message);
    }

    @Test
    void readsFilesOfBytesAndOfDigits() throws IOException {
        var bytes = Files.write(directory.resolve("bytes"), HexFormat.of().parseHex(SUCCESS + JOB));
        var digits = Files.writeString(directory.resolve("digits"), "00:00:01 06\n00 00\r\n" + "020005000000\n" + JOB);
        run("--file", bytes.toString());
        var expected = out.toString();
        assertThat(expected).contains("byte 12: NewMiningJob");
        run("--file", digits.toString());
        assertThat(out.toString()).isEqualTo(expected);
        input = Files.readAllBytes(bytes);
        run();
        assertThat(out.toString()).isEqualTo(expected);
    }

    @Test
    void readsBothDirectionsOfACapture() throws IOException {
        var job = HexFormat.of().parseHex(JOB);
        var client = Sender.client(100);
        var server = Sender.server(200);
        var capture = Packets.pcap(List.of(
                client.syn(),
                server.syn(),
                client.data(0, HexFormat.of().parseHex(SUCCESS + SUCCESS.substring(0, 8))),
                server.data(20, Arrays.copyOfRange(job, 20, job.length)),
                server.data(0, Arrays.copyOf(job, 30)),
                client.data(16, HexFormat.of().parseHex(SUCCESS.substring(8)))));
        var file = Files.write(directory.resolve("a.pcap"), capture);
        assertThat(run("--file", file.toString(), "--ports", "1,3333")).isEqualTo(Commands.OK);
        assertThat(out.toString().lines().filter(line -> line.contains(" > ")))
                .containsExactly(
                        "2026-01-01T00:00:02.500Z 10.0.0.1:40000 > 10.0.0.2:3333 byte 0: SetupConnection.Success"
                                + " (type 0x01, extension 0x0000, 6 bytes)",
                        "2026-01-01T00:00:04.500Z 10.0.0.2:3333 > 10.0.0.1:40000 byte 0: NewMiningJob"
                                + " (type 0x15, extension 0x0000, channel, 49 bytes)",
                        "2026-01-01T00:00:05.500Z 10.0.0.1:40000 > 10.0.0.2:3333 byte 12: SetupConnection.Success"
                                + " (type 0x01, extension 0x0000, 6 bytes)");
        assertThat(run("--file", file.toString(), "--ports", "1")).isEqualTo(Commands.OK);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void findsTheNextFrameBehindAGapAndInALateCapture() throws IOException {
        var success = HexFormat.of().parseHex(SUCCESS);
        var client = Sender.client(100);
        var capture = Packets.pcap(List.of(
                client.data(1000, new byte[] {9, 9, 9}),
                client.data(1003, success),
                client.data(1020, new byte[] {8}),
                client.data(1021, success)));
        input = capture;
        assertThat(run()).isEqualTo(Commands.FAILED);
        assertThat(out.toString()
                        .lines()
                        .filter(line -> line.contains(" > "))
                        .map(line -> line.replaceAll(".*3333 ", "")))
                .containsExactly(
                        "byte 0: error: 3 bytes skipped, in which no frame can be found",
                        "byte 3: SetupConnection.Success (type 0x01, extension 0x0000, 6 bytes)",
                        "byte 15: error: 5 bytes are not in the capture",
                        "byte 20: error: 1 bytes skipped, in which no frame can be found",
                        "byte 21: SetupConnection.Success (type 0x01, extension 0x0000, 6 bytes)");
    }

    @Test
    void saysWhichBytesOfACutFrameAreSkippedAndWhichAreMissing() {
        var success = HexFormat.of().parseHex(SUCCESS);
        var client = Sender.client(100);
        input = Packets.pcap(List.of(
                client.syn(),
                client.data(0, success),
                client.data(12, Arrays.copyOf(success, 8)),
                client.data(24, success)));
        assertThat(run()).isEqualTo(Commands.FAILED);
        assertThat(out.toString()
                        .lines()
                        .filter(line -> line.contains(" > "))
                        .map(line -> line.replaceAll(".*3333 ", "")))
                .containsExactly(
                        "byte 0: SetupConnection.Success (type 0x01, extension 0x0000, 6 bytes)",
                        "byte 12: error: 8 bytes skipped, in which no frame can be found",
                        "byte 20: error: 4 bytes are not in the capture",
                        "byte 24: SetupConnection.Success (type 0x01, extension 0x0000, 6 bytes)");
    }

    @Test
    void saysThatACaptureIsDamaged() throws IOException {
        var capture = Packets.pcap(List.of(Sender.client(1).syn()));
        input = Arrays.copyOf(capture, capture.length - 2);
        assertThat(run()).isEqualTo(Commands.FAILED);
        assertThat(out.toString()).contains("error: byte " + input.length + " of the capture: the file ends");
    }

    @Test
    void jsonReadsBackAsTheSameBytes() {
        var random = new Random(20_261_120L);
        var frames = new ArrayList<String>();
        for (Layout layout : MessageRegistry.core().layouts()) {
            var payload = RandomPayload.of(layout, RandomPayload.Length.RANDOM, random);
            frames.add(frame(layout, payload));
        }
        frames.add("000001030000" + "020005"); // broken
        frames.add("ff7f02020000" + "abcd"); // unknown
        input = HexFormat.of().parseHex(String.join("", frames));
        assertThat(run("--json")).isEqualTo(Commands.FAILED);
        assertThat(out.toString()).contains("\"error\":\"error at byte ").contains("\"wire\":[{\"field\"");
        input = out.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(run("--from-json")).isEqualTo(Commands.OK);
        assertThat(out.toString().lines()).containsExactlyElementsOf(frames);
    }

    @Test
    void readsFrameObjectsAloneAndNamesTheLineThatIsNone() {
        input = """
                {"extension_type":0,"channel_msg":false,"msg_type":1,"fields":{"used_version":2,"flags":5}}

                {"extension_type":0}
                {"offset":5,"error":"nothing here"}
                nonsense
                """.getBytes(StandardCharsets.UTF_8);
        assertThat(run("--from-json")).isEqualTo(Commands.FAILED);
        assertThat(out.toString()).isEqualToIgnoringNewLines(SUCCESS);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("line 3: channel_msg: missing"),
                        line -> assertThat(line).startsWith("line 5: (document): not JSON: "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00 --file x|give either hexadecimal digits or --file, not both",
                "--from-json --json|--from-json reads JSON from --file or standard input, and nothing else",
                "--from-json 00|--from-json reads JSON from --file or standard input, and nothing else",
                "--file /no/such|--file /no/such: no such file",
                "--ports 3333 00|--ports chooses streams of a capture, and this input is none",
                "--between 127.0.0.1:0 stratum2+tcp://127.0.0.1:1?plain 00|--between shows what goes by, and reads no other",
                "--between 127.0.0.1:0|option '--between' at index 0",
                "--between 127.0.0.1:0 127.0.0.1:1|is no server; write stratum2+tcp",
                "--between 127.0.0.1:0 stratum2+tcp://127.0.0.1:1?plain|clients need a key to recognise this server by",
                "--ports x|--ports: 'x' is not a whole number",
            })
    void mistakesAreOneLine(String args, String message) {
        assertThat(run(args.split(" ", -1))).isEqualTo(Commands.USAGE);
        assertThat(err.toString()).contains(message).hasLineCount(1);
    }

    private static String frame(Layout layout, byte[] payload) {
        var header =
                new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
        return Bytes.of(new Frame(header, Bytes.of(payload)).bytes()).toHex();
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine command = new CommandLine(new DecodeCommand(new ByteArrayInputStream(input)));
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Commands(command).run(args);
    }
}
