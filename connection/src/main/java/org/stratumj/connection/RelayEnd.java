package org.stratumj.connection;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameDecoder;
import org.stratumj.codec.FrameLimits;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.noise.TransportException;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.Direction;
import org.stratumj.protocol.wire.DecodeException;

/// One side of a relayed connection. Lane only, but for [#execute], [#send] and [#lane].
///
/// What was passed on from here and is not yet taken by the network on the other side is counted; at a bound
/// the reading stops, and the peer feels it.
final class RelayEnd implements PipeHandler, Handshake.Outcome, Relay.Outlet {
    /// Bytes on their way to the other side at which no more is read; one read and one frame may come on top.
    static final long WAITING_BYTES_MAX = 512 << 10;

    private final RelayPair pair;
    private final Pipe pipe;
    private final Direction direction;
    private final Optional<Handshake> handshake;
    private final FrameLimits limits;
    private final Executor workers;
    private @Nullable FrameCodec codec;
    private @Nullable TransportCiphers ciphers;
    private byte[] early = {};
    private boolean begun;
    private boolean open;
    private boolean closed;
    private boolean understood;
    private long waiting;
    private long written;

    /// @param direction of the frames that are read here
    RelayEnd(
            RelayPair pair,
            Pipe pipe,
            Direction direction,
            Optional<Handshake> handshake,
            ConnectionLimits limits,
            Executor workers) {
        this.pair = pair;
        this.pipe = pipe;
        this.direction = direction;
        this.handshake = handshake;
        this.limits = FrameLimits.of(MessageRegistry.core()).withPayloadBytesMax(limits.payloadBytesMax());
        this.workers = workers;
    }

    Direction direction() {
        return direction;
    }

    InetSocketAddress remoteAddress() {
        return pipe.remoteAddress();
    }

    Instant now() {
        return pipe.lane().now();
    }

    /// Runs `task` on the lane of this end. Any thread.
    void execute(Runnable task) {
        pipe.lane().execute(task);
    }

    @Override
    public Lane lane() {
        return pipe.lane();
    }

    @Override
    public void send(Frame frame) {
        if (pipe.lane().isCurrent()) {
            forward(frame);
        } else {
            execute(() -> forward(frame));
        }
    }

    /// Begins the handshake, if there is one to do.
    void begin() {
        if (closed) {
            return;
        }
        begun = true;
        pipe.readable(true);
        handshake.ifPresentOrElse(exchange -> exchange.begin(pipe), () -> ready(FrameCodec.plain(limits)));
        onBytes(early, 0, early.length);
        early = new byte[0];
    }

    /// Lets frames pass from here on.
    void open() {
        open = true;
        if (!closed) {
            pipe.readable(true);
            guarded(this::relay);
        }
    }

    /// Sends a frame of the other side.
    void write(Frame frame) {
        if (closed) {
            return;
        }
        var bytes = Objects.requireNonNull(codec).encoder().encode(frame);
        pipe.write(bytes, 0, bytes.length);
        pipe.flush();
        written += frame.size();
        tellTaken();
    }

    /// The other side's network took so many bytes that were read here.
    void taken(long bytes) {
        waiting -= bytes;
        if (open && !closed && waiting < WAITING_BYTES_MAX) {
            pipe.readable(true);
        }
    }

    /// Sends what is queued, then ends the stream.
    void close() {
        if (!closed) {
            closed = true;
            pipe.close(open);
        }
    }

    @Override
    public void onBytes(byte[] bytes, int offset, int length) {
        guarded(() -> receive(bytes, offset, length));
    }

    @Override
    public void onWritable() {
        tellTaken();
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        closed = true;
        handshake.ifPresent(Handshake::abandon);
        if (ciphers != null) {
            ciphers.destroy();
        }
        pair.onGone(this, failure == null ? new CloseReason.Remote() : lost(failure));
    }

    @Override
    public void succeeded(TransportCiphers ciphers, byte[] early) {
        if (closed) {
            ciphers.destroy();
            return;
        }
        this.ciphers = ciphers;
        var encrypted = FrameCodec.encrypted(ciphers, limits);
        encrypted.decoder().feed(early, 0, early.length);
        guarded(() -> ready(encrypted));
    }

    @Override
    public void failed(Throwable cause) {
        pair.close(direction, Advice.onHandshake(cause));
    }

    /// Frames that came already wait in the decoder until both ends are open.
    private void ready(FrameCodec codec) {
        this.codec = codec;
        pipe.readable(false);
        pair.onReady(this);
    }

    private void receive(byte[] bytes, int offset, int length) {
        if (codec != null) {
            codec.decoder().feed(bytes, offset, length);
            relay();
        } else if (begun) {
            handshake.ifPresent(exchange -> exchange.onBytes(bytes, offset, length, pipe, workers, this));
        } else {
            keep(bytes, offset, length);
        }
    }

    /// Reading was stopped, and yet something had been read.
    private void keep(byte[] bytes, int offset, int length) {
        int before = early.length;
        if (before + length > Handshake.EARLY_BYTES_MAX) {
            throw new PeerViolationException("more than " + Handshake.EARLY_BYTES_MAX + " bytes before an answer");
        }
        early = Arrays.copyOf(early, before + length);
        System.arraycopy(bytes, offset, early, before, length);
    }

    private void relay() {
        var decoder = Objects.requireNonNull(codec).decoder();
        for (Frame frame = next(decoder); frame != null; frame = next(decoder)) {
            understood = true;
            pair.onFrame(this, frame);
        }
    }

    private void forward(Frame frame) {
        if (closed) {
            return;
        }
        waiting += frame.size();
        pair.forward(this, frame);
        if (waiting >= WAITING_BYTES_MAX) {
            pipe.readable(false);
        }
    }

    private @Nullable Frame next(FrameDecoder decoder) {
        return open && !closed ? decoder.poll() : null;
    }

    private void tellTaken() {
        if (written > 0 && pipe.isWritable()) {
            pair.onTaken(this, written);
            written = 0;
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (DecodeException e) {
            pair.close(direction, Advice.onUndecodable(e, understood));
        } catch (TransportException e) {
            pair.close(direction, Advice.onForged(e, understood));
        } catch (PeerViolationException e) {
            pair.close(direction, new CloseReason.ProtocolViolation(e.getMessage()));
        } catch (RuntimeException | Error e) {
            pair.close(direction, new CloseReason.HandlerFailed(e));
        }
    }

    private static CloseReason lost(Throwable failure) {
        return new CloseReason.NetworkFailed(
                "connection lost: " + Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
    }
}
