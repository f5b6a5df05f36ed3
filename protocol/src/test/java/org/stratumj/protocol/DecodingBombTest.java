package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.FieldType;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.DecodeException;

/// Goal: a payload costs its receiver little more than its sender. Method: count what this thread allocates while it
/// decodes the worst payloads there are of each layout.
class DecodingBombTest {
    /// An element of a few bytes becomes an object with a header, a reference to it and an array of its own.
    private static final int BYTES_PER_BYTE_MAX = 40;

    private static final int FIXED_BYTES_MAX = 16 << 10;
    private static final MessageRegistry REGISTRY = MessageRegistry.core();
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Layout> layouts() {
        return REGISTRY.layouts().stream();
    }

    /// Each count and length announces as much as its type can, and nothing follows.
    @ParameterizedTest
    @MethodSource("layouts")
    void countBombAllocatesNothingForWhatIsNotThere(Layout layout) {
        var zeros = zeros(layout);
        int allowed = FIXED_BYTES_MAX + 4 * zeros.length;
        for (int at = 0; at < zeros.length; at++) {
            var bomb = Arrays.copyOf(zeros, Math.min(zeros.length, at + 3));
            Arrays.fill(bomb, at, bomb.length, (byte) 0xff);
            decode(layout, bomb); // loads what an error loads
            assertThat(allocatedBy(layout, bomb)).as("byte %d", at).isLessThan(allowed);
        }
    }

    /// As many elements as there can be, each as small as can be.
    @ParameterizedTest
    @MethodSource("layouts")
    void nestedCountBombCostsABoundedMultipleOfItsBytes(Layout layout) {
        var bomb = bomb(layout);
        decode(layout, bomb);
        assertThat(allocatedBy(layout, bomb))
                .as("%d bytes", bomb.length)
                .isLessThan(FIXED_BYTES_MAX + (long) BYTES_PER_BYTE_MAX * bomb.length);
    }

    /// Thousands of empty TLV fields are bytes until somebody asks, and are refused as a whole if they are none.
    @Test
    void tlvBombIsBytesUntilSomebodyAsks() {
        var layout = REGISTRY.layouts().stream()
                .filter(it -> it.javaName().equals(SubmitSharesExtended.class.getName()))
                .findFirst()
                .orElseThrow();
        var share = zeros(layout);
        var bomb = Arrays.copyOf(share, share.length + 50_000);
        decode(layout, bomb);
        assertThat(allocatedBy(layout, bomb)).isLessThan(FIXED_BYTES_MAX + 2L * bomb.length);

        var message = (SubmitSharesExtended) REGISTRY.decode(header(layout, bomb), bomb, 0, bomb.length);
        assertThat(message.tlvs().fields()).hasSize(10_000);
    }

    /// The shortest payload: all numbers, counts and lengths are zero.
    private static byte[] zeros(Layout layout) {
        return new byte[layout.payloadBytesMin()];
    }

    private static byte[] bomb(Layout layout) {
        var out = new ByteArrayOutputStream();
        for (var field : layout.fields()) {
            switch (field.type()) {
                case Scalar scalar -> out.writeBytes(new byte[scalar.sizeMin()]);
                case FieldType.Option option -> out.write(0);
                case FieldType.Sequence(var counter, var element) -> {
                    for (int i = 0; i < counter.size(); i++) {
                        out.write(0xff);
                    }
                    out.writeBytes(new byte[counter.max() * element.sizeMin()]);
                }
            }
        }
        return out.toByteArray();
    }

    private static long allocatedBy(Layout layout, byte[] payload) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decode(layout, payload);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void decode(Layout layout, byte[] payload) {
        try {
            REGISTRY.decode(header(layout, payload), payload, 0, payload.length);
        } catch (DecodeException e) {
            assertThat(e.reason().breaksFraming()).isFalse();
        }
    }

    private static FrameHeader header(Layout layout, byte[] payload) {
        return new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
    }
}
