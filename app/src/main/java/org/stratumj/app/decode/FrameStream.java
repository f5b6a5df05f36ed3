package org.stratumj.app.decode;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.capture.StreamReader;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameDecoder;
import org.stratumj.codec.FrameLimits;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.DecodeException;

/// Finds the frames in one stream of plaintext bytes and reports them with their offset.
///
/// ```text
/// IN_STEP ──▶ a length no message has, or lost bytes ──▶ OUT_OF_STEP
///    ▲                                                       │
///    └──── a packet that begins like a known message ◀───────┘   (captures only)
/// ```
final class FrameStream implements StreamReader {
    private static final MessageRegistry REGISTRY = MessageRegistry.core();
    private static final FrameLimits LIMITS = FrameLimits.of(REGISTRY);

    private final String name;
    private final Report report;
    private final boolean packets;
    private @Nullable FrameDecoder decoder;
    private long received;
    private long frameAt;
    private long skipped;

    private FrameStream(String name, Report report, boolean packets, boolean inStep) {
        this.name = name;
        this.report = report;
        this.packets = packets;
        this.decoder = inStep ? newDecoder() : null;
    }

    /// A stream that begins with a frame, in pieces of any size.
    static FrameStream of(Report report) {
        return new FrameStream("", report, false, true);
    }

    /// One direction of a connection, in the packets it was sent in.
    ///
    /// @param fromStart whether it begins with a frame, or anywhere
    static FrameStream ofPackets(String name, boolean fromStart, Report report) {
        return new FrameStream(name, report, true, fromStart);
    }

    @Override
    public void onBytes(Optional<Instant> time, byte[] bytes, int offset, int length) {
        if (decoder == null && packets && beginsKnownMessage(bytes, offset, length)) {
            reportSkipped(time);
            frameAt = received;
            decoder = newDecoder();
        }
        received += length;
        if (decoder == null) {
            skipped += length;
        } else {
            decoder.feed(bytes, offset, length);
            poll(decoder, time);
        }
    }

    @Override
    public void onLost(long count) {
        if (decoder != null) {
            fallOutOfStep();
        }
        reportSkipped(Optional.empty());
        report.problem(place(Optional.empty(), received), "error: " + count + " bytes are not in the capture");
        received += count;
    }

    @Override
    public void onEnd() {
        if (decoder == null) {
            reportSkipped(Optional.empty());
        } else if (received > frameAt) {
            report.problem(
                    place(Optional.empty(), frameAt),
                    "error: the stream ends at byte " + received + ", within a frame; at least "
                            + decoder.missingBytes() + " more bytes belong to it");
        }
    }

    private void poll(FrameDecoder decoder, Optional<Instant> time) {
        try {
            for (Frame frame = decoder.poll(); frame != null; frame = decoder.poll()) {
                report.frame(place(time, frameAt), frame);
                frameAt += frame.size();
            }
        } catch (DecodeException e) {
            report.problem(place(time, frameAt), "error: no frame: " + e.getMessage() + " of the header" + advice());
            fallOutOfStep();
        }
    }

    /// What cannot be a first frame is most often no Stratum V2 in plaintext at all.
    private String advice() {
        return frameAt == 0 ? "; an encrypted or another protocol's stream is not readable here" : "";
    }

    private void fallOutOfStep() {
        decoder = null;
        skipped = received - frameAt;
    }

    private void reportSkipped(Optional<Instant> time) {
        if (skipped > 0) {
            long from = received - skipped;
            report.problem(place(time, from), "error: " + skipped + " bytes skipped, in which no frame can be found");
            skipped = 0;
        }
    }

    private static boolean beginsKnownMessage(byte[] bytes, int offset, int length) {
        if (length < FrameHeader.SIZE) {
            return false;
        }
        var header = FrameHeader.parse(bytes, offset);
        return REGISTRY.layout(header.extensionType(), header.messageType())
                .filter(layout -> fits(layout, header))
                .isPresent();
    }

    private static boolean fits(Layout layout, FrameHeader header) {
        return header.channelMessage() == layout.channelMessage()
                && header.payloadLength() >= layout.payloadBytesMin()
                && header.payloadLength() <= LIMITS.payloadBytesMax(layout.extensionType(), layout.messageType());
    }

    private Place place(Optional<Instant> time, long offset) {
        return new Place(name, time, offset);
    }

    private static FrameDecoder newDecoder() {
        return FrameCodec.plain(LIMITS).decoder();
    }
}
