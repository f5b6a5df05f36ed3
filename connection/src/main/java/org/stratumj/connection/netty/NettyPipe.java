package org.stratumj.connection.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// A TCP connection as a pipe. Writes are gathered in one buffer until the flush, so that a turn costs one
/// system call.
///
/// An orderly close sends what is queued, then ends the output and goes on reading, without delivering, until
/// the peer has closed as well: a socket that is closed while bytes wait to be read resets the connection, and
/// the peer would lose what was sent last.
@SuppressWarnings("FutureReturnValueIgnored") // how a close ends is seen in channelInactive
final class NettyPipe extends ChannelInboundHandlerAdapter implements Pipe {
    /// At this many queued bytes the pipe stops being writable.
    static final int HIGH_WATER_BYTES = 256 << 10;

    /// At this many queued bytes it is writable again.
    static final int LOW_WATER_BYTES = 64 << 10;

    private static final int BUFFER_BYTES_MIN = 256;
    private static final int BUFFER_BYTES_MAX = 64 << 10;
    private static final Duration CLOSE_FLUSH_MAX = Duration.ofSeconds(5);
    private static final Duration CLOSE_LINGER_MAX = Duration.ofSeconds(2);

    private final SocketChannel channel;
    private final NettyLane lane;
    private final Function<Pipe, PipeHandler> factory;
    private final OpenPipes pipes;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable PipeHandler handler;
    private @Nullable InetSocketAddress remoteAddress;
    private @Nullable Throwable failure;
    private @Nullable ByteBuf pending;
    private int pendingWrites;
    private long queuedBytes;
    private long takenBytes;
    private int queuedWrites;
    private boolean writable = true;
    private boolean closing;
    private boolean failed;

    NettyPipe(SocketChannel channel, NettyLane lane, Function<Pipe, PipeHandler> factory, OpenPipes pipes) {
        this.channel = channel;
        this.lane = lane;
        this.factory = factory;
        this.pipes = pipes;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        if (remoteAddress == null) {
            throw new IllegalStateException("not connected yet");
        }
        return remoteAddress;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (closing) {
            return;
        }
        if (pending != null && pending.readableBytes() + length > BUFFER_BYTES_MAX) {
            passOn();
        }
        if (pending == null) {
            pending = channel.alloc().buffer(Math.max(BUFFER_BYTES_MIN, length));
        }
        pending.writeBytes(bytes, offset, length);
        queuedBytes += length;
        pendingWrites++;
        queuedWrites++;
        writable &= queuedBytes < HIGH_WATER_BYTES;
    }

    @Override
    public void flush() {
        passOn();
        channel.flush();
    }

    @Override
    public long queuedBytes() {
        return queuedBytes;
    }

    @Override
    public long takenBytes() {
        ChannelOutboundBuffer passedOn = channel.unsafe().outboundBuffer();
        return passedOn == null ? takenBytes : takenBytes + passedOn.currentProgress();
    }

    @Override
    public int queuedWrites() {
        return queuedWrites;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void readable(boolean on) {
        if (!closing) {
            channel.config().setAutoRead(on);
        }
    }

    @Override
    public void close(boolean flush) {
        if (lane.isCurrent()) {
            closeOnLane(flush);
        } else {
            lane.execute(() -> closeOnLane(flush));
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        remoteAddress = channel.remoteAddress();
        if (remoteAddress == null) { // reset before we looked at it
            channel.close();
        } else if (!closing) {
            guarded(() -> handler = factory.apply(this));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            PipeHandler receiver = handler;
            if (receiver != null && !closing) {
                guarded(() -> deliver(receiver, bytes));
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (handler != null && !closing) {
            guarded(handler::onReadComplete);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failure = cause;
        if (!(cause instanceof IOException)) { // not of the network
            failed = true;
            lane.guard().failed(this, cause);
        }
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        PipeHandler last = handler;
        Throwable why = closing && !failed ? null : failure;
        closing = true;
        drop();
        if (last != null) {
            lane.guard().run(this, () -> last.onClosed(why));
        }
    }

    /// The socket exists.
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        pipes.add(this);
    }

    /// The last thing, also for a socket that never connected.
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        pipes.remove(this);
        ended.complete(null);
    }

    /// Done when the stream is gone and the handler knows. Any thread.
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void deliver(PipeHandler handler, ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (bytes.hasArray()) {
            handler.onBytes(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), length);
        } else {
            byte[] copy = lane.scratch(length);
            bytes.getBytes(bytes.readerIndex(), copy, 0, length);
            handler.onBytes(copy, 0, length);
        }
    }

    /// Gives the gathered bytes to the channel, which sends them with the next flush.
    private void passOn() {
        if (pending != null) {
            ByteBuf bytes = pending;
            pending = null;
            int length = bytes.readableBytes();
            int writes = pendingWrites;
            pendingWrites = 0;
            channel.write(bytes).addListener(sent -> taken(length, writes));
        }
    }

    private void taken(int length, int writes) {
        queuedBytes -= length;
        queuedWrites -= writes;
        takenBytes += length;
        if (handler != null && !closing) {
            guarded(handler::onTaken);
        }
        if (!writable && queuedBytes <= LOW_WATER_BYTES) {
            writable = true;
            lane.execute(this::announceWritable);
        }
    }

    private void announceWritable() {
        if (handler != null && writable && !closing) {
            guarded(handler::onWritable);
        }
    }

    /// Calls the handler, whose failure ends the pipe.
    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) {
            lane.guard().failed(this, e);
            failure = e;
            failed = true;
            closeOnLane(false);
        }
    }

    private void closeOnLane(boolean flush) {
        if (!flush) {
            closing = true;
            channel.close();
        } else if (!closing) {
            passOn();
            closing = true;
            channel.config().setAutoRead(true);
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(this::endOutput);
            lane.schedule(channel::close, CLOSE_FLUSH_MAX);
        }
    }

    private void endOutput(Future<? super Void> flushed) {
        if (flushed.isSuccess() && channel.isActive()) {
            channel.shutdownOutput();
            lane.schedule(channel::close, CLOSE_LINGER_MAX);
        } else {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return "pipe to " + remoteAddress;
    }

    private void drop() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
