package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload;
import org.stratumj.protocol.layout.RandomPayload.Length;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;

/// Every message decoder. The input is a frame, its length field corrected: either it is refused with a
/// [DecodeException] that names the message, or what was read is written and read again alike.
class MessageFuzzTest {
    private static final MessageRegistry REGISTRY = MessageRegistry.core();
    private static final long SEED = 20_261_120L;

    /// Whole frames that the specification or other implementations pin.
    private static final String[] GOLDEN = {
        "0000603500000401020304000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f44332211887766"
                + "55ccbbaa9900ffeedd",
        "0080153100000100000002000000016463626100000020000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "010000080000341202000200" + "0140",
        "00801b2a000001000000020000000300000004000000050000000600000002" + "0a0b0200010a00576f726b65725f303031"
    };

    static Stream<byte[]> seeds() {
        var golden = Arrays.stream(GOLDEN).map(HexFormat.of()::parseHex);
        var made = REGISTRY.layouts().stream()
                .flatMap(layout -> Stream.of(seed(layout, Length.SHORTEST), seed(layout, Length.RANDOM)));
        return Stream.concat(golden, made);
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsWhatItWrites(byte[] data) {
        if (data.length < FrameHeader.SIZE) {
            return;
        }
        var announced = FrameHeader.parse(data, 0);
        int length = data.length - FrameHeader.SIZE;
        var header =
                new FrameHeader(announced.extensionType(), announced.channelMessage(), announced.messageType(), length);
        var layout = REGISTRY.layout(header.extensionType(), header.messageType());
        Property.requireMemory(64, length, () -> check(header, data, layout));
    }

    private static void check(FrameHeader header, byte[] data, Optional<Layout> layout) {
        Sv2Message message;
        try {
            message = REGISTRY.decode(header, data, FrameHeader.SIZE, header.payloadLength());
        } catch (DecodeException refused) {
            requireEqual(layout.map(Layout::specName), Optional.of(refused.messageName()), "name in a refusal");
            require(refused.offset() >= 0 && refused.offset() <= header.payloadLength(), "offset of a refusal");
            require(!refused.reason().breaksFraming(), "a payload does not break the framing");
            return;
        }
        var payload = Bytes.of(data, FrameHeader.SIZE, header.payloadLength());
        requireEqual(message, REGISTRY.decode(new Frame(header, payload)), "both ways to decode");
        var frame = REGISTRY.encode(message);
        if (message instanceof UnknownMessage) {
            requireEqual(new Frame(header, payload), frame, "an unknown message");
        } else {
            requireStable(message, frame, header, layout.orElseThrow());
        }
    }

    private static void requireStable(Sv2Message message, Frame frame, FrameHeader received, Layout layout) {
        int size = frame.payload().size();
        requireEqual(layout.channelMessage(), frame.header().channelMessage(), "channel bit");
        require(size <= received.payloadLength(), "not longer than what was read");
        require(size >= layout.payloadBytesMin(), "not shorter than the layout says");
        require(layout.tlvs() || size <= layout.payloadBytesMax(), "not longer than the layout says");
        requireEqual(size, REGISTRY.payloadSize(message), "payload size");
        var again = REGISTRY.decode(frame);
        requireEqual(message, again, "message read again");
        requireEqual(message.hashCode(), again.hashCode(), "hash code");
        requireEqual(message.toString(), again.toString(), "text");
        var target = new byte[frame.size()];
        REGISTRY.writeFrame(again, target, 0);
        requireEqual(frame.bytes(), target, "frame written in place");
    }

    private static byte[] seed(Layout layout, Length length) {
        var payload = RandomPayload.of(layout, length, new Random(SEED));
        var header =
                new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
        return new Frame(header, Bytes.of(payload)).bytes();
    }
}
