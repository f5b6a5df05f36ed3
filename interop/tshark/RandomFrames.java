import java.util.HexFormat;
import java.util.Random;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload;
import org.stratumj.protocol.layout.RandomPayload.Length;

/// Prints valid frames of every message in hexadecimal, one on each line: direction, name, frame.
/// Started by cases.py from its source, with the number of rounds and the seed.
final class RandomFrames {
    /// tshark takes long for larger ones.
    private static final int FRAME_BYTES_MAX = 150_000;

    public static void main(String[] args) {
        var random = new Random(Long.parseLong(args[1]));
        for (var layout : MessageRegistry.core().layouts()) {
            print(layout, RandomPayload.of(layout, Length.SHORTEST, random));
            print(layout, RandomPayload.of(layout, Length.LONGEST, random));
            for (int round = 0; round < Integer.parseInt(args[0]); round++) {
                print(layout, RandomPayload.of(layout, Length.RANDOM, random));
            }
        }
    }

    private static void print(Layout layout, byte[] payload) {
        var frame = new byte[FrameHeader.SIZE + payload.length];
        new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length)
                .writeTo(frame, 0);
        System.arraycopy(payload, 0, frame, FrameHeader.SIZE, payload.length);
        if (frame.length <= FRAME_BYTES_MAX) {
            System.out.println(
                    layout.direction() + "\t" + layout.specName() + "\t" + HexFormat.of().formatHex(frame));
        }
    }
}
