package org.stratumj.app.capture;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The pcapng format: blocks of a type and a length, of which those with packets and those that describe
/// interfaces are read. Every section has a byte order and interfaces of its own.
final class PcapngFile {
    private static final int SECTION = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int BLOCK_OVERHEAD_BYTES = 12;
    /// Of blocks that are read: a packet and what is said about it.
    private static final int BLOCK_BYTES_MAX = Packet.BYTES_MAX + (64 << 10);
    private static final int INTERFACES_MAX = 1_000;

    private static final int OPTION_END = 0;
    private static final int OPTION_TIME_RESOLUTION = 9;
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

    private final CaptureInput in;
    private final Consumer<Packet> packets;
    private final List<Interface> interfaces = new ArrayList<>();

    PcapngFile(CaptureInput in, Consumer<Packet> packets) {
        this.in = in;
        this.packets = packets;
    }

    /// @param ticksPerSecond of its time stamps
    private record Interface(int linkType, BigInteger ticksPerSecond) {}

    static boolean isSection(int magic) {
        return magic == SECTION;
    }

    /// Reads everything after the first four bytes.
    void read() throws IOException {
        section();
        for (var type = in.takeOrEnd(4); type.hasRemaining(); type = in.takeOrEnd(4)) {
            block(type.getInt());
        }
    }

    private void block(int type) throws IOException {
        if (isSection(type)) {
            section();
            return;
        }
        long body = bodyBytes(in.take(4).getInt());
        if (type != INTERFACE && type != SIMPLE_PACKET && type != ENHANCED_PACKET) {
            in.skip(body + 4);
            return;
        }
        long at = in.position();
        if (body > BLOCK_BYTES_MAX) {
            throw new CaptureException(at, "a block of " + body + " bytes, at most " + BLOCK_BYTES_MAX);
        }
        var block = in.take((int) body);
        in.take(4); // the length once more
        switch (type) {
            case INTERFACE -> describe(block, at);
            case SIMPLE_PACKET -> simplePacket(block, at);
            default -> enhancedPacket(block, at);
        }
    }

    private void section() throws IOException {
        in.order(ByteOrder.BIG_ENDIAN);
        var lengthAsRead = in.take(4);
        int magic = in.take(4).getInt();
        if (magic != BYTE_ORDER_MAGIC && Integer.reverseBytes(magic) != BYTE_ORDER_MAGIC) {
            throw new CaptureException(in.position() - 4, "a section without a byte order");
        }
        var order = magic == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        in.order(order);
        interfaces.clear();
        long body = bodyBytes(lengthAsRead.order(order).getInt());
        if (body < 4) {
            throw new CaptureException(in.position() - 8, "a section header that is too short");
        }
        in.skip(body - 4 + 4); // the rest of the header, and the length once more
    }

    private long bodyBytes(int blockLength) {
        long length = Integer.toUnsignedLong(blockLength);
        if (length < BLOCK_OVERHEAD_BYTES || length % 4 != 0) {
            throw new CaptureException(in.position() - 4, "a block of " + length + " bytes");
        }
        return length - BLOCK_OVERHEAD_BYTES;
    }

    private void describe(ByteBuffer block, long at) {
        require(block, 8, at);
        if (interfaces.size() == INTERFACES_MAX) {
            throw new CaptureException(at, "more than " + INTERFACES_MAX + " interfaces");
        }
        int linkType = Short.toUnsignedInt(block.getShort());
        block.getShort();
        block.getInt();
        interfaces.add(new Interface(linkType, ticksPerSecond(block)));
    }

    private static BigInteger ticksPerSecond(ByteBuffer options) {
        while (options.remaining() >= 4) {
            int code = Short.toUnsignedInt(options.getShort());
            int length = Short.toUnsignedInt(options.getShort());
            int padded = (length + 3) & ~3;
            if (code == OPTION_END || padded > options.remaining()) {
                break;
            }
            if (code == OPTION_TIME_RESOLUTION && length == 1) {
                int resolution = options.get(options.position());
                return BigInteger.valueOf(resolution < 0 ? 2 : 10).pow(resolution & 0x7f);
            }
            options.position(options.position() + padded);
        }
        return BigInteger.valueOf(1_000_000);
    }

    private void simplePacket(ByteBuffer block, long at) {
        require(block, 4, at);
        int original = block.getInt();
        int captured = Integer.compareUnsigned(original, block.remaining()) < 0 ? original : block.remaining();
        deliver(Optional.empty(), interfaceOf(0, at), block, captured, at);
    }

    private void enhancedPacket(ByteBuffer block, long at) {
        require(block, 20, at);
        var source = interfaceOf(block.getInt(), at);
        long high = Integer.toUnsignedLong(block.getInt());
        long low = Integer.toUnsignedLong(block.getInt());
        int captured = block.getInt();
        block.getInt();
        if (captured < 0 || captured > block.remaining()) {
            throw new CaptureException(at, "a packet that is larger than its block");
        }
        deliver(Optional.of(time(high, low, source.ticksPerSecond())), source, block, captured, at);
    }

    private void deliver(Optional<Instant> time, Interface source, ByteBuffer block, int captured, long at) {
        LinkLayer.check(source.linkType(), at);
        var bytes = new byte[captured];
        block.get(bytes);
        packets.accept(new Packet(time, source.linkType(), bytes));
    }

    private static Instant time(long high, long low, BigInteger ticksPerSecond) {
        var ticks = BigInteger.valueOf(high).shiftLeft(32).or(BigInteger.valueOf(low));
        var parts = ticks.divideAndRemainder(ticksPerSecond);
        long nanos = parts[1].multiply(NANOS_PER_SECOND).divide(ticksPerSecond).longValue();
        // A resolution of whole seconds leaves 64 bits of them; no clock is that far.
        return Instant.ofEpochSecond(parts[0].longValue() & 0xff_ffff_ffffL, nanos);
    }

    private Interface interfaceOf(int number, long at) {
        if (number < 0 || number >= interfaces.size()) {
            throw new CaptureException(
                    at, "a packet of interface " + Integer.toUnsignedLong(number) + ", which is not described");
        }
        return interfaces.get(number);
    }

    private static void require(ByteBuffer block, int bytes, long at) {
        if (block.remaining() < bytes) {
            throw new CaptureException(at, "a block that is too short");
        }
    }
}
