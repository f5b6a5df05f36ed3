package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameDecoder;
import org.stratumj.codec.FrameLimits;
import org.stratumj.noise.CipherState;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.noise.TransportException;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Bytes;

/// An encrypted stream that somebody on the way alters. The input is which frames are sent, how their ciphertext is
/// damaged and how it is cut. Exactly the frames before the first altered byte arrive, and the damage is noticed.
class EncryptedStreamFuzzTest {
    private static final int FRAMES_MAX = 4;
    private static final int DAMAGES_MAX = 3;
    private static final byte[] KEY = new byte[CipherState.KEY_BYTES];
    private static final FrameLimits LIMITS =
            FrameLimits.of(MessageRegistry.core()).withOtherPayloadBytesMax(FrameHeader.PAYLOAD_BYTES_MAX);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "0200100000040000", // two frames, no damage
                        "02001000000400010119000000ff", // a changed byte
                        "0101ffff00", // three blocks
                        "0300000000050000090001021600000000", // a cut
                        "020010000004000104000000001600000026000000", // a frame again
                        "02001000000400020300000000160000000016000000" + "0101050000")
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void deliversWhatWasSentUpToTheDamage(byte[] data) {
        var in = new Input(data);
        var sent = frames(in);
        var ends = new ArrayList<Integer>();
        var stream = seal(sent, ends);
        var altered = damage(stream, in);
        int firstAltered = Arrays.mismatch(stream, altered);
        int intact = firstAltered < 0
                ? sent.size()
                : (int) ends.stream().filter(end -> end <= firstAltered).count();
        Property.requireMemory(64, stream.length + altered.length, () -> {
            var decoder = codec().decoder();
            var received = new ArrayList<Frame>();
            boolean noticed = receive(decoder, altered, in, received);
            requireEqual(sent.subList(0, intact), received, "frames");
            if (noticed) {
                require(firstAltered >= 0, "damage where there is none");
                requireBroken(decoder);
            } else {
                boolean incomplete =
                        altered.length < stream.length || firstAltered < 0 || firstAltered == stream.length;
                require(incomplete, "damage is noticed");
            }
        });
    }

    private static boolean receive(FrameDecoder decoder, byte[] altered, Input in, List<Frame> received) {
        try {
            for (int at = 0; at < altered.length; ) {
                int piece = in.isEmpty() ? altered.length - at : Math.min(1 + 7 * in.u8(), altered.length - at);
                decoder.feed(altered, at, piece);
                at += piece;
                for (var frame = decoder.poll(); frame != null; frame = decoder.poll()) {
                    received.add(frame);
                }
                require(decoder.missingBytes() > 0, "something is missing when there is no frame");
            }
            return false;
        } catch (TransportException notAuthentic) {
            return true;
        }
    }

    private static void requireBroken(FrameDecoder decoder) {
        try {
            decoder.poll();
        } catch (IllegalStateException asItShould) {
            return;
        }
        throw new AssertionError("a broken stream goes on");
    }

    private static List<Frame> frames(Input in) {
        var frames = new ArrayList<Frame>();
        int count = in.u8() % (FRAMES_MAX + 1);
        for (int i = 0; i < count; i++) {
            int length = (in.flag() ? 3 : 1) * in.u16();
            var payload = new byte[length];
            Arrays.fill(payload, (byte) (i + 1));
            frames.add(new Frame(new FrameHeader(0x4000, false, 7, length), Bytes.of(payload)));
        }
        return frames;
    }

    private static byte[] seal(List<Frame> frames, List<Integer> ends) {
        var encoder = codec().encoder();
        var bytes = new byte[frames.stream().mapToInt(encoder::encodedSize).sum()];
        int at = 0;
        for (var frame : frames) {
            at += encoder.encode(frame, bytes, at);
            ends.add(at);
        }
        return bytes;
    }

    private static byte[] damage(byte[] stream, Input in) {
        var altered = stream;
        int count = in.u8() % (DAMAGES_MAX + 1);
        for (int i = 0; i < count; i++) {
            altered = damageOnce(altered, in.u8() % 5, in.below(altered.length + 1), in);
        }
        return altered;
    }

    private static byte[] damageOnce(byte[] stream, int kind, int at, Input in) {
        var before = Arrays.copyOf(stream, at);
        var after = Arrays.copyOfRange(stream, at, stream.length);
        return switch (kind) {
            case 0 -> concat(before, in.take(in.u8()), after);
            case 1 -> changed(stream, at, in.u8());
            case 2 -> before;
            case 3 -> concat(before, Arrays.copyOfRange(after, Math.min(in.u16(), after.length), after.length));
            default -> concat(before, part(stream, in), after);
        };
    }

    private static byte[] part(byte[] stream, Input in) {
        int from = in.below(stream.length + 1);
        return Arrays.copyOfRange(stream, from, Math.min(stream.length, from + in.u16()));
    }

    private static byte[] changed(byte[] stream, int at, int bits) {
        var changed = stream.clone();
        if (at < changed.length) {
            changed[at] ^= (byte) bits;
        }
        return changed;
    }

    private static byte[] concat(byte[]... parts) {
        var all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static FrameCodec codec() {
        return FrameCodec.encrypted(new TransportCiphers(CipherState.of(KEY), CipherState.of(KEY)), LIMITS);
    }
}
