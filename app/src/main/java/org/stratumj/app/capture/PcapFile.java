package org.stratumj.app.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// The classic pcap format: a header of 24 bytes, then packets with 16 bytes of header each, in the byte
/// order of whoever wrote it.
final class PcapFile {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int HEADER_BYTES = 24;
    private static final int PACKET_HEADER_BYTES = 16;
    private static final int LINK_TYPE_MASK = 0xffff;

    private PcapFile() {}

    static boolean isMagic(int magic) {
        int swapped = Integer.reverseBytes(magic);
        return magic == MICROSECONDS || magic == NANOSECONDS || swapped == MICROSECONDS || swapped == NANOSECONDS;
    }

    static void read(int magic, CaptureInput in, Consumer<Packet> packets) throws IOException {
        boolean big = magic == MICROSECONDS || magic == NANOSECONDS;
        in.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        boolean nanoseconds = (big ? magic : Integer.reverseBytes(magic)) == NANOSECONDS;
        var header = in.take(HEADER_BYTES - Capture.MAGIC_BYTES);
        int linkType = header.getInt(16) & LINK_TYPE_MASK;
        LinkLayer.check(linkType, in.position() - 4);
        for (var packet = next(in); packet.hasRemaining(); packet = next(in)) {
            packets.accept(packet(packet, nanoseconds ? 1 : 1_000, linkType, in));
        }
    }

    private static ByteBuffer next(CaptureInput in) throws IOException {
        return in.takeOrEnd(PACKET_HEADER_BYTES);
    }

    private static Packet packet(ByteBuffer header, int nanosPerTick, int linkType, CaptureInput in)
            throws IOException {
        long seconds = Integer.toUnsignedLong(header.getInt());
        long ticks = Integer.toUnsignedLong(header.getInt());
        int captured = header.getInt();
        if (captured < 0 || captured > Packet.BYTES_MAX) {
            throw new CaptureException(
                    in.position() - 8,
                    "a packet of " + Integer.toUnsignedLong(captured) + " bytes, at most " + Packet.BYTES_MAX);
        }
        var time = Instant.ofEpochSecond(seconds, ticks * nanosPerTick);
        return new Packet(Optional.of(time), linkType, in.take(captured).array());
    }
}
