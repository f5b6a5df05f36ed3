package org.stratumj.app.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Packets of one TCP connection, and captures of them in every format.
public final class Packets {
    static final byte[] CLIENT4 = {10, 0, 0, 1};
    static final byte[] SERVER4 = {10, 0, 0, 2};
    static final byte[] CLIENT6 = address6(1);
    static final byte[] SERVER6 = address6(2);
    public static final int CLIENT_PORT = 40_000;
    public static final int SERVER_PORT = 3_333;

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    private Packets() {}

    /// What begins a packet on its way.
    enum Link {
        ETHERNET(1, "020000000001020000000002"),
        VLAN(1, "020000000001020000000002" + "81000064" + "88a80001"),
        NULL(0, "02000000"),
        LINUX_SLL(113, "0000000100060200000000010000" + "0800"),
        LINUX_SLL2(276, "0800000000000001000100060200000000000000"),
        RAW(101, "");

        final int type;
        private final String header;

        Link(int type, String header) {
            this.type = type;
            this.header = header;
        }

        byte[] packet(byte[] ip) {
            boolean ethernet = this == ETHERNET || this == VLAN;
            var etherType = ip.length == 0 || (ip[0] >> 4) == 4 ? "0800" : "86dd";
            return join(HexFormat.of().parseHex(header + (ethernet ? etherType : "")), ip);
        }
    }

    /// One end's segments, numbered from `isn` on.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Sender(byte[] from, byte[] to, int fromPort, int toPort, int isn) {
        public static Sender client(int isn) {
            return new Sender(CLIENT4, SERVER4, CLIENT_PORT, SERVER_PORT, isn);
        }

        public static Sender server(int isn) {
            return new Sender(SERVER4, CLIENT4, SERVER_PORT, CLIENT_PORT, isn);
        }

        Sender over6() {
            boolean client = fromPort == CLIENT_PORT;
            return new Sender(client ? CLIENT6 : SERVER6, client ? SERVER6 : CLIENT6, fromPort, toPort, isn);
        }

        public byte[] syn() {
            return ip(tcp(isn, SYN, new byte[0]));
        }

        /// The bytes from `at` on, 0 being the first after the SYN.
        public byte[] data(int at, byte[] payload) {
            return ip(tcp(isn + 1 + at, ACK, payload));
        }

        public byte[] fin(int at) {
            return ip(tcp(isn + 1 + at, FIN | ACK, new byte[0]));
        }

        public byte[] rst(int at) {
            return ip(tcp(isn + 1 + at, RST, new byte[0]));
        }

        private byte[] tcp(int sequence, int flags, byte[] payload) {
            return ByteBuffer.allocate(24 + payload.length)
                    .putShort((short) fromPort)
                    .putShort((short) toPort)
                    .putInt(sequence)
                    .putInt(0)
                    .put((byte) (6 << 4)) // four bytes of options
                    .put((byte) flags)
                    .putShort((short) 0xffff)
                    .putInt(0)
                    .putInt(0x01010100)
                    .put(payload)
                    .array();
        }

        private byte[] ip(byte[] tcp) {
            return from.length == 4 ? ip4(from, to, tcp) : ip6(from, to, tcp);
        }
    }

    private static byte[] ip4(byte[] from, byte[] to, byte[] tcp) {
        return ByteBuffer.allocate(20 + tcp.length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + tcp.length))
                .putInt(0x0000_4000)
                .put((byte) 64)
                .put((byte) 6)
                .putShort((short) 0)
                .put(from)
                .put(to)
                .put(tcp)
                .array();
    }

    /// With a hop-by-hop extension of eight bytes.
    private static byte[] ip6(byte[] from, byte[] to, byte[] tcp) {
        return ByteBuffer.allocate(48 + tcp.length)
                .putInt(0x6000_0000)
                .putShort((short) (8 + tcp.length))
                .put((byte) 0)
                .put((byte) 64)
                .put(from)
                .put(to)
                .put(new byte[] {6, 0, 1, 4, 0, 0, 0, 0})
                .put(tcp)
                .array();
    }

    /// A classic capture, packets a second apart from 2026-01-01T00:00:00.5Z on.
    static byte[] pcap(ByteOrder order, boolean nanoseconds, Link link, List<byte[]> packets) {
        var out = new ArrayList<byte[]>();
        out.add(buffer(24, order)
                .putInt(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(link.type)
                .array());
        int second = 1_767_225_600;
        for (var packet : packets) {
            var bytes = link.packet(packet);
            out.add(buffer(16, order)
                    .putInt(second++)
                    .putInt(nanoseconds ? 500_000_000 : 500_000)
                    .putInt(bytes.length)
                    .putInt(bytes.length)
                    .array());
            out.add(bytes);
        }
        return join(out.toArray(byte[][]::new));
    }

    /// A classic capture as most tools write it.
    public static byte[] pcap(List<byte[]> packets) {
        return pcap(ByteOrder.LITTLE_ENDIAN, false, Link.ETHERNET, packets);
    }

    /// The same as pcapng, with blocks that say nothing of packets in between. The time stamps count
    /// nanoseconds.
    static byte[] pcapng(ByteOrder order, Link link, List<byte[]> packets) {
        var out = new ArrayList<byte[]>();
        out.add(block(
                order,
                0x0a0d0d0a,
                buffer(16, order)
                        .putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1)
                        .array()));
        var comment = "made by a test".getBytes(StandardCharsets.US_ASCII);
        out.add(block(
                order,
                1,
                buffer(8 + 4 + 16 + 8 + 4, order)
                        .putShort((short) link.type)
                        .putShort((short) 0)
                        .putInt(0)
                        .putShort((short) 1)
                        .putShort((short) comment.length)
                        .put(comment)
                        .putShort((short) 0)
                        .putShort((short) 9)
                        .putShort((short) 1)
                        .putInt(order == ByteOrder.BIG_ENDIAN ? 9 << 24 : 9)
                        .putInt(0)
                        .array()));
        long nanos = 1_767_225_600_500_000_000L;
        for (var packet : packets) {
            var bytes = link.packet(packet);
            out.add(block(order, 0x0bad, new byte[8]));
            out.add(block(
                    order,
                    6,
                    buffer(20 + bytes.length, order)
                            .putInt(0)
                            .putInt((int) (nanos >>> 32))
                            .putInt((int) nanos)
                            .putInt(bytes.length)
                            .putInt(bytes.length)
                            .put(bytes)
                            .array()));
            nanos += 1_000_000_000L;
        }
        return join(out.toArray(byte[][]::new));
    }

    static byte[] block(ByteOrder order, int type, byte[] body) {
        int padded = (body.length + 3) & ~3;
        var block = new byte[12 + padded];
        ByteBuffer.wrap(block)
                .order(order)
                .putInt(type)
                .putInt(12 + padded)
                .put(body)
                .position(8 + padded)
                .putInt(12 + padded);
        return block;
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static ByteBuffer buffer(int size, ByteOrder order) {
        return ByteBuffer.allocate(size).order(order);
    }

    private static byte[] address6(int last) {
        var address = new byte[16];
        address[0] = (byte) 0xfd;
        address[15] = (byte) last;
        return address;
    }
}
