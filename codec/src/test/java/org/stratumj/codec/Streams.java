package org.stratumj.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.stratumj.noise.CipherState;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Bytes;

/// Both kinds of streams, from one encoder to one decoder.
enum Streams {
    PLAIN {
        @Override
        FrameEncoder encoder() {
            return new PlainFrameEncoder();
        }

        @Override
        FrameDecoder decoder(FrameLimits limits) {
            return new PlainFrameDecoder(limits);
        }
    },
    ENCRYPTED {
        @Override
        FrameEncoder encoder() {
            return new EncryptedFrameEncoder(CipherState.of(KEY));
        }

        @Override
        FrameDecoder decoder(FrameLimits limits) {
            return new EncryptedFrameDecoder(CipherState.of(KEY), limits);
        }
    };

    /// No payload a frame can have is too large.
    static final FrameLimits LARGEST =
            FrameLimits.of(MessageRegistry.core()).withOtherPayloadBytesMax(FrameHeader.PAYLOAD_BYTES_MAX);

    private static final byte[] KEY = new byte[CipherState.KEY_BYTES];

    abstract FrameEncoder encoder();

    abstract FrameDecoder decoder(FrameLimits limits);

    static Frame frame(int payloadLength, long seed) {
        var payload = new byte[payloadLength];
        new Random(seed).nextBytes(payload);
        return new Frame(new FrameHeader(0x4000, false, 7, payloadLength), Bytes.of(payload));
    }

    byte[] encodeAll(List<Frame> frames) {
        var encoder = encoder();
        var bytes = new byte[frames.stream().mapToInt(encoder::encodedSize).sum()];
        int at = 0;
        for (var frame : frames) {
            at += encoder.encode(frame, bytes, at);
        }
        return bytes;
    }

    /// Feeds one piece and returns what became complete.
    static List<Frame> feed(FrameDecoder decoder, byte[] piece) {
        decoder.feed(piece, 0, piece.length);
        Arrays.fill(piece, (byte) 0xee); // the array is the caller's again
        var frames = new ArrayList<Frame>();
        for (var frame = decoder.poll(); frame != null; frame = decoder.poll()) {
            frames.add(Objects.requireNonNull(frame));
        }
        return frames;
    }
}
