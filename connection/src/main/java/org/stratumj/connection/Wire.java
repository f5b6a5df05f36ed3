package org.stratumj.connection;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.codec.FrameReader;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.noise.TransportException;
import org.stratumj.protocol.MessageReader;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.DecodeException;

/// The bytes of one connection: the handshake, then frames in both directions. What the messages mean is for
/// its [Owner]. Lane only.
final class Wire implements PipeHandler, Handshake.Outcome {
    private static final byte[] NOTHING = {};

    private final Pipe pipe;
    private final FrameLimits firstLimits;
    private final Owner owner;
    private final Outbox outbox;
    private final MessageReader messages = MessageRegistry.core().reader();
    private final FrameReader<Sv2Message> reader = this::read;
    private @Nullable Handshake handshake;
    private @Nullable Executor workers;
    private @Nullable TransportCiphers ciphers;
    private @Nullable FrameCodec codec;
    private boolean channelBit;
    private boolean understood;
    private int pauses;

    Wire(Pipe pipe, FrameLimits firstLimits, ConnectionLimits limits, Owner owner) {
        this.pipe = pipe;
        this.firstLimits = firstLimits;
        this.owner = owner;
        this.outbox = new Outbox(pipe, limits.outboundBytesMax(), limits.outboundFramesMax(), owner::onWaiting);
    }

    /// What happens to a connection, in its own terms.
    interface Owner {
        /// Whether more messages are wanted.
        boolean isListening();

        /// Frames can be sent.
        void onReady();

        /// A frame arrived, which need not be a message. The payload is valid during the call only.
        void onFrame(FrameHeader header, byte[] payload, int offset);

        /// Bytes of frames arrived.
        void onBytes(int count);

        /// A frame was queued, as so many bytes.
        void onQueued(FrameHeader header, int bytes);

        /// So many bytes wait for the peer, more or less than before.
        void onWaiting(long bytes);

        /// A message arrived.
        ///
        /// @param channelBit the bit of the frame, which need not be what the message asks for
        void onMessage(Sv2Message message, boolean channelBit);

        /// What could be read has been read, and it ended inside a frame.
        void onPartOfFrame();

        /// The connection cannot go on.
        void onFault(CloseReason reason);

        void onWritable();

        void onClosed(@Nullable Throwable failure);
    }

    /// Frames in plaintext from the first byte on.
    void begin() {
        codec = FrameCodec.plain(firstLimits);
        owner.onReady();
    }

    /// Encrypted frames after a handshake.
    void begin(Handshake handshake, Executor workers) {
        this.handshake = handshake;
        this.workers = workers;
        handshake.begin(pipe);
    }

    /// Queues a frame.
    ///
    /// @return false if too much is waiting already; the stream is then not fit for use any more
    boolean write(Frame frame) {
        byte[] sealed = Objects.requireNonNull(codec).encoder().encode(frame);
        boolean queued = outbox.offer(sealed);
        if (queued) {
            owner.onQueued(frame.header(), sealed.length);
        }
        return queued;
    }

    /// Why a frame was not taken.
    CloseReason overflow() {
        return outbox.overflow();
    }

    void flush() {
        outbox.flush();
    }

    void limit(FrameLimits limits) {
        Objects.requireNonNull(codec).decoder().limit(limits);
    }

    /// Delivers no message from now on and reads no more. What has been read already waits in the decoder: no more
    /// than one read of the network.
    void pause() {
        if (pauses++ == 0) {
            pipe.readable(false);
        }
    }

    /// Takes one pause back; after the last one messages are delivered again, from the next turn on.
    void resume() {
        if (--pauses == 0) {
            pipe.lane().execute(this::goOn);
        }
    }

    boolean isPaused() {
        return pauses > 0;
    }

    @Override
    public void onBytes(byte[] bytes, int offset, int length) {
        outbox.burstBegins();
        try {
            if (codec != null) {
                receive(codec, bytes, offset, length);
            } else if (handshake != null && workers != null) {
                handshake.onBytes(bytes, offset, length, pipe, workers, this);
            }
        } catch (DecodeException e) {
            owner.onFault(Advice.onUndecodable(e, understood));
        } catch (TransportException e) {
            owner.onFault(Advice.onForged(e, understood));
        } catch (PeerViolationException e) {
            owner.onFault(new CloseReason.ProtocolViolation(e.getMessage()));
        } catch (RuntimeException | Error e) {
            owner.onFault(new CloseReason.HandlerFailed(e));
        }
    }

    @Override
    public void onReadComplete() {
        if (codec != null
                && owner.isListening()
                && !isPaused()
                && codec.decoder().isInFrame()) {
            owner.onPartOfFrame();
        }
        outbox.burstEnds();
    }

    @Override
    public void onTaken() {
        outbox.taken();
    }

    @Override
    public void onWritable() {
        owner.onWritable();
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        if (handshake != null) {
            handshake.abandon();
        }
        if (ciphers != null) {
            ciphers.destroy();
        }
        owner.onClosed(failure);
    }

    @Override
    public void succeeded(TransportCiphers ciphers, byte[] early) {
        if (!owner.isListening()) {
            ciphers.destroy();
            return;
        }
        this.ciphers = ciphers;
        handshake = null;
        workers = null;
        codec = FrameCodec.encrypted(ciphers, firstLimits);
        owner.onReady();
        if (early.length > 0) {
            onBytes(early, 0, early.length);
            onReadComplete();
        }
    }

    @Override
    public void failed(Throwable cause) {
        owner.onFault(Advice.onHandshake(cause));
    }

    private void receive(FrameCodec codec, byte[] bytes, int offset, int length) {
        owner.onBytes(length);
        codec.decoder().feed(bytes, offset, length);
        while (owner.isListening() && !isPaused()) {
            Sv2Message message = codec.decoder().poll(reader);
            if (message == null) {
                return;
            }
            understood = true;
            owner.onMessage(message, channelBit);
        }
    }

    /// First what waits in the decoder; whoever pauses meanwhile is not sent more.
    private void goOn() {
        if (isPaused() || !owner.isListening()) {
            return;
        }
        onBytes(NOTHING, 0, 0);
        onReadComplete();
        if (!isPaused()) {
            pipe.readable(true);
        }
    }

    private Sv2Message read(FrameHeader header, byte[] payload, int offset, int length) {
        channelBit = header.channelMessage();
        owner.onFrame(header, payload, offset);
        return messages.decode(header, payload, offset, length);
    }
}
