package org.stratumj.it.sim;

import java.net.InetSocketAddress;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameDecoder;
import org.stratumj.codec.FrameLimits;
import org.stratumj.codec.FrameReader;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Pipe;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.wire.DecodeException;

/// A pipe of frames in plaintext that shows them to a [Tap], and all bytes to the [Chronicle].
final class TappedPipe implements Pipe {
    private static final FrameLimits LIMITS = FrameLimits.of(MessageRegistry.core());
    private static final long FRAME_BYTES_MAX = 1 << 16;
    private static final FrameReader<Sv2Message> MESSAGES =
            MessageRegistry.core().reader()::decode;

    private final Pipe pipe;
    private final Tap tap;
    private final Chronicle chronicle;
    private final String name;
    private final long number;
    private final FrameDecoder incoming = FrameCodec.plain(LIMITS).decoder();
    private final FrameDecoder outgoing = FrameCodec.plain(LIMITS).decoder();
    private boolean understood = true;

    /// @param number of the pipe, the same in each run
    TappedPipe(Pipe pipe, Tap tap, Chronicle chronicle, String name, long number) {
        this.pipe = pipe;
        this.tap = tap;
        this.chronicle = chronicle;
        this.name = name;
        this.number = number;
    }

    Tap tap() {
        return tap;
    }

    void received(byte[] bytes, int offset, int length) {
        chronicle.digest(2 * number, bytes, offset, length);
        if (!understood) {
            return;
        }
        try {
            incoming.feed(bytes, offset, length);
            Sv2Message message = incoming.poll(MESSAGES);
            while (message != null) {
                chronicle.count(Chronicle.Count.MESSAGES);
                chronicle.tell(name + " ->", message);
                tap.received(message);
                message = incoming.poll(MESSAGES);
            }
        } catch (DecodeException e) {
            understood = false;
            chronicle.tell(name + " ->", e);
            tap.garbage();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        chronicle.digest(2 * number + 1, bytes, offset, length);
        outgoing.feed(bytes, offset, length);
        Sv2Message message = outgoing.poll(MESSAGES);
        while (message != null) {
            chronicle.count(Chronicle.Count.MESSAGES);
            chronicle.tell(name + " <-", message);
            tap.sent(message);
            message = outgoing.poll(MESSAGES);
        }
        pipe.write(bytes, offset, length);
        long queued = pipe.queuedBytes();
        chronicle.check(
                queued <= ConnectionLimits.defaults().outboundBytesMax() + FRAME_BYTES_MAX,
                name,
                () -> queued + " bytes are queued");
    }

    @Override
    public Lane lane() {
        return pipe.lane();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return pipe.remoteAddress();
    }

    @Override
    public void flush() {
        pipe.flush();
    }

    @Override
    public long queuedBytes() {
        return pipe.queuedBytes();
    }

    @Override
    public long takenBytes() {
        return pipe.takenBytes();
    }

    @Override
    public int queuedWrites() {
        return pipe.queuedWrites();
    }

    @Override
    public boolean isWritable() {
        return pipe.isWritable();
    }

    @Override
    public void readable(boolean on) {
        pipe.readable(on);
    }

    @Override
    public void close(boolean flush) {
        pipe.close(flush);
    }
}
