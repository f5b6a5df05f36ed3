package org.stratumj.app.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.app.capture.Packets.Link;
import org.stratumj.app.capture.Packets.Sender;

class CaptureTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WORLD = "world!".getBytes(StandardCharsets.US_ASCII);
    private static final List<byte[]> TALK = List.of(
            Sender.client(7).syn(),
            Sender.server(-3).syn(),
            Sender.client(7).data(0, HELLO),
            Sender.server(-3).data(0, WORLD));

    static Stream<byte[]> formats() {
        var captures = new ArrayList<byte[]>();
        for (var order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            captures.add(Packets.pcap(order, false, Link.ETHERNET, TALK));
            captures.add(Packets.pcap(order, true, Link.ETHERNET, TALK));
            captures.add(Packets.pcapng(order, Link.ETHERNET, TALK));
        }
        return captures.stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsEveryFormatInBothByteOrders(byte[] capture) throws IOException {
        assertThat(Capture.isCapture(Arrays.copyOf(capture, 4))).isTrue();
        assertThat(read(capture))
                .containsExactly(
                        "10.0.0.1:40000>10.0.0.2:3333 from its start",
                        "10.0.0.2:3333>10.0.0.1:40000 from its start",
                        "10.0.0.1:40000 2026-01-01T00:00:02.500Z hello",
                        "10.0.0.2:3333 2026-01-01T00:00:03.500Z world!",
                        "10.0.0.1:40000 end",
                        "10.0.0.2:3333 end");
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void readsEveryLinkType(Link link) throws IOException {
        assertThat(read(Packets.pcap(ByteOrder.LITTLE_ENDIAN, false, link, TALK)))
                .hasSize(6);
        assertThat(read(Packets.pcapng(ByteOrder.BIG_ENDIAN, link, TALK))).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void readsIpVersionSix(Link link) throws IOException {
        var client = Sender.client(1).over6();
        assertThat(read(Packets.pcap(
                        ByteOrder.LITTLE_ENDIAN, false, link, List.of(client.syn(), client.data(0, HELLO)))))
                .containsExactly(
                        "[fd00:0:0:0:0:0:0:1]:40000>[fd00:0:0:0:0:0:0:2]:3333 from its start",
                        "[fd00:0:0:0:0:0:0:1]:40000 2026-01-01T00:00:01.500Z hello",
                        "[fd00:0:0:0:0:0:0:1]:40000 end");
    }

    @Test
    void readsSimplePackets() throws IOException {
        var packet = Link.ETHERNET.packet(Sender.client(1).data(0, HELLO));
        var withLength = Packets.join(new byte[] {0, 0, 0, (byte) packet.length}, packet);
        var capture = Packets.join(
                Packets.pcapng(ByteOrder.BIG_ENDIAN, Link.ETHERNET, List.of()),
                Packets.block(ByteOrder.BIG_ENDIAN, 3, withLength));
        assertThat(read(capture)).contains("10.0.0.1:40000 hello");
    }

    @Test
    void doesNotTakePaddingForPayload() throws IOException {
        var padded = Packets.join(Sender.client(1).data(0, HELLO), new byte[10]);
        assertThat(read(Packets.pcap(List.of(padded)))).contains("10.0.0.1:40000 2026-01-01T00:00:00.500Z hello");
    }

    @Test
    void leavesOutWhatIsNoTcp() throws IOException {
        var udp = Sender.client(1).data(0, HELLO);
        udp[9] = 17;
        var fragment = Sender.client(1).data(0, HELLO);
        fragment[7] = 1;
        var arp = Sender.client(1).data(0, HELLO);
        arp[0] = 0x15;
        assertThat(read(Packets.pcap(List.of(udp, fragment, arp, new byte[0], new byte[3]))))
                .isEmpty();
    }

    @Test
    void saysWhereACaptureBreaksOff() {
        var capture = Packets.pcap(TALK);
        var seen = new ArrayList<String>();
        var cut = Arrays.copyOf(capture, capture.length - 1);
        assertThatThrownBy(() -> Capture.read(new ByteArrayInputStream(cut), streams(seen)))
                .isInstanceOf(CaptureException.class)
                .hasMessage("byte " + cut.length + " of the capture: the file ends where 1 more bytes belong");
        assertThat(seen).contains("10.0.0.1:40000 2026-01-01T00:00:02.500Z hello", "10.0.0.1:40000 end");
    }

    @Test
    void refusesPacketsAndBlocksThatAreTooLarge() {
        var capture = Packets.pcap(TALK);
        capture[24 + 8 + 2] = 0x11;
        assertThatThrownBy(() -> read(capture))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("byte 32 of the capture: a packet of 111")
                .hasMessageEndingWith("at most 1048576");
        var large = Packets.join(
                Packets.pcapng(ByteOrder.BIG_ENDIAN, Link.RAW, List.of()), new byte[] {0, 0, 0, 6, 0x7f, 0, 0, 0});
        assertThatThrownBy(() -> read(large)).hasMessageContaining("a block of 2130706420 bytes, at most");
    }

    @Test
    void refusesLinkTypesItDoesNotKnow() {
        var capture = Packets.pcap(TALK);
        capture[20] = 105;
        assertThatThrownBy(() -> read(capture))
                .hasMessage("byte 20 of the capture: packets of link type 105; known are Ethernet, loopback, Linux"
                        + " cooked and raw IP");
    }

    @Test
    void refusesWhatIsNoCapture() {
        assertThat(Capture.isCapture(HELLO)).isFalse();
        assertThat(Capture.isCapture(new byte[3])).isFalse();
        assertThatThrownBy(() -> read(HELLO)).hasMessageContaining("neither pcap nor pcapng");
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(CaptureException.class);
    }

    @Test
    void survivesDamage() {
        long seed = Long.getLong("stratumj.seed", 20_261_120L);
        var random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 4_000; round++) {
            var capture =
                    round % 2 == 0 ? Packets.pcap(TALK) : Packets.pcapng(ByteOrder.LITTLE_ENDIAN, Link.VLAN, TALK);
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                capture[random.nextInt(capture.length)] = (byte) random.nextInt();
            }
            try {
                read(capture);
            } catch (CaptureException e) {
                refused++;
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertThat(refused).isBetween(100, 3_900);
    }

    static TcpStreams streams(List<String> seen) {
        return new TcpStreams(flow -> true, (flow, fromStart) -> {
            if (fromStart) {
                seen.add(flow.source() + ">" + flow.destination() + " from its start");
            }
            return new Recorder(flow.source(), seen);
        });
    }

    private static List<String> read(byte[] capture) throws IOException {
        var seen = new ArrayList<String>();
        Capture.read(new ByteArrayInputStream(capture), streams(seen));
        return seen;
    }

    private record Recorder(String name, List<String> seen) implements StreamReader {
        @Override
        public void onBytes(Optional<Instant> time, byte[] bytes, int offset, int length) {
            var text = new String(bytes, offset, length, StandardCharsets.US_ASCII);
            seen.add(name + " " + time.map(at -> at + " ").orElse("") + text);
        }

        @Override
        public void onLost(long count) {
            seen.add(name + " lost " + count);
        }

        @Override
        public void onEnd() {
            seen.add(name + " end");
        }
    }
}
