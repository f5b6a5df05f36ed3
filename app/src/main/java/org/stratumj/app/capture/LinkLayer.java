package org.stratumj.app.capture;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From a packet as the link carried it to the TCP segment in it: Ethernet with VLAN tags, loopback, Linux
/// cooked captures and bare IP; IPv4 and IPv6. Fragments are left out: Stratum V2 runs over TCP, which avoids
/// them.
final class LinkLayer {
    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int RAW_BSD = 12;
    private static final int RAW_OPENBSD = 14;
    private static final int RAW = 101;
    private static final int LOOP = 108;
    private static final int LINUX_SLL = 113;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int LINUX_SLL2 = 276;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_SERVICE_VLAN = 0x88a8;

    private static final int PROTOCOL_TCP = 6;
    private static final int IPV4_HEADER_BYTES_MIN = 20;
    private static final int IPV4_FRAGMENT_MASK = 0x3fff;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int IPV6_EXTENSIONS_MAX = 8;

    private LinkLayer() {}

    record Addresses(InetAddress from, InetAddress to) {}

    /// @throws CaptureException if packets of this link type cannot be read
    static void check(int linkType, long at) {
        switch (linkType) {
            case NULL, ETHERNET, RAW_BSD, RAW_OPENBSD, RAW, LOOP, LINUX_SLL, IPV4, IPV6, LINUX_SLL2 -> {}
            default ->
                throw new CaptureException(
                        at,
                        "packets of link type " + linkType + "; known are Ethernet, loopback, Linux cooked and raw IP");
        }
    }

    /// The TCP segment in a packet, if there is one.
    static Optional<Segment> segment(Packet packet) {
        byte[] bytes = packet.bytes();
        int ip = ipOffset(packet.linkType(), bytes);
        if (ip < 0 || ip >= bytes.length) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch ((bytes[ip] >> 4) & 0xf) {
                    case 4 -> ipv4(bytes, ip);
                    case 6 -> ipv6(bytes, ip);
                    default -> null;
                });
    }

    /// Where IP begins; negative if the packet carries something else.
    private static int ipOffset(int linkType, byte[] bytes) {
        return switch (linkType) {
            case ETHERNET -> afterEtherType(bytes, 12);
            case NULL, LOOP -> 4;
            case LINUX_SLL -> 16;
            case LINUX_SLL2 -> 20;
            default -> 0;
        };
    }

    private static int afterEtherType(byte[] bytes, int at) {
        int type = at;
        while (type + 2 <= bytes.length) {
            switch (u16(bytes, type)) {
                case TYPE_IPV4, TYPE_IPV6 -> {
                    return type + 2;
                }
                case TYPE_VLAN, TYPE_SERVICE_VLAN -> type += 4;
                default -> {
                    return -1;
                }
            }
        }
        return -1;
    }

    private static @Nullable Segment ipv4(byte[] bytes, int ip) {
        if (ip + IPV4_HEADER_BYTES_MIN > bytes.length) {
            return null;
        }
        int tcp = ip + (bytes[ip] & 0xf) * 4;
        boolean fragment = (u16(bytes, ip + 6) & IPV4_FRAGMENT_MASK) != 0;
        if (bytes[ip + 9] != PROTOCOL_TCP || fragment || tcp < ip + IPV4_HEADER_BYTES_MIN) {
            return null;
        }
        return Segment.of(addresses(bytes, ip + 12, 4), bytes, tcp, end(bytes, ip, u16(bytes, ip + 2)));
    }

    private static @Nullable Segment ipv6(byte[] bytes, int ip) {
        if (ip + IPV6_HEADER_BYTES > bytes.length) {
            return null;
        }
        int payloadBytes = u16(bytes, ip + 4);
        int end = end(bytes, ip, payloadBytes == 0 ? 0 : IPV6_HEADER_BYTES + payloadBytes);
        int protocol = bytes[ip + 6];
        int at = ip + IPV6_HEADER_BYTES;
        for (int extension = 0; extension < IPV6_EXTENSIONS_MAX && at + 8 <= end; extension++) {
            switch (protocol) {
                case PROTOCOL_TCP -> {
                    return Segment.of(addresses(bytes, ip + 8, 16), bytes, at, end);
                }
                case 0, 43, 60 -> { // hop by hop, routing, destination
                    protocol = bytes[at];
                    at += 8 + (bytes[at + 1] & 0xff) * 8;
                }
                default -> {
                    return null;
                }
            }
        }
        return null;
    }

    /// A network card that joins packets leaves their length 0; padding of a short one is not part of it.
    private static int end(byte[] bytes, int ip, int length) {
        return length == 0 ? bytes.length : Math.min(bytes.length, ip + length);
    }

    private static Addresses addresses(byte[] bytes, int at, int size) {
        try {
            return new Addresses(
                    InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + size)),
                    InetAddress.getByAddress(Arrays.copyOfRange(bytes, at + size, at + 2 * size)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(size + " bytes are an address", e);
        }
    }

    static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
