package org.stratumj.connection;

import java.net.InetSocketAddress;

/// One established byte stream with its lane. All methods but [#lane], [#remoteAddress] and [#close] are for
/// the lane only.
public interface Pipe {

    /// The lane that owns this pipe. Any thread.
    Lane lane();

    /// The address of the other end. Any thread.
    InetSocketAddress remoteAddress();

    /// Queues a copy of `bytes[offset, offset + length)` for sending, without flushing. After [#close] nothing
    /// happens.
    void write(byte[] bytes, int offset, int length);

    /// Sends what was queued, now.
    void flush();

    /// Bytes queued and not yet taken by the system's socket.
    long queuedBytes();

    /// Bytes that the system's socket has taken so far, also of a write of which it has not taken all.
    long takenBytes();

    /// How many calls of [#write] there were of which not every byte is known to be taken.
    int queuedWrites();

    /// Whether there is room: false from the high-water mark of [#queuedBytes] on until it has sunk to the
    /// low-water mark, which [PipeHandler#onWritable] tells of.
    boolean isWritable();

    /// Stops or resumes reading; the network's own flow control then slows the peer down. What has been read
    /// already is still delivered.
    void readable(boolean on);

    /// Closes the stream; with `flush` what was queued is sent first, within a bounded time, in a way that the
    /// peer can read it to the end. No byte is delivered any more; [PipeHandler#onClosed] follows. Any thread;
    /// idempotent, except that a close without flush cuts one with flush short.
    void close(boolean flush);
}
