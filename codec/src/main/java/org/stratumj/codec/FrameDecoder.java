package org.stratumj.codec;

import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;

/// Turns the bytes that arrive on one connection into frames, however the network cut them.
///
/// Feed what arrived, then poll until there is no more frame. A payload above its limit is refused by its
/// header, before memory is set aside; memory grows with the bytes that came, not with those that were
/// announced. Once a poll failed with a broken stream, each later one fails with `IllegalStateException`, and
/// whoever goes on feeding only fills memory: close the connection. Not for use by two threads at once.
public sealed interface FrameDecoder permits PlainFrameDecoder, EncryptedFrameDecoder {
    /// Takes bytes as they arrived; they are copied. Poll before feeding more, or they pile up.
    ///
    /// @throws IndexOutOfBoundsException if the range is not inside `bytes`
    void feed(byte[] bytes, int offset, int length);

    /// Gives the next frame to `reader`, without a copy of its payload.
    ///
    /// What the reader throws comes out of here; the frame is then consumed, and the stream is in order.
    ///
    /// @return what the reader made of it; null if a frame is not complete yet
    /// @throws DecodeException if the header announces a payload above its limit
    /// @throws org.stratumj.noise.TransportException if the bytes are not authentic (encrypted streams only)
    <T> @Nullable T poll(FrameReader<T> reader);

    /// The next frame.
    ///
    /// @return null if it is not complete yet
    /// @throws DecodeException if the header announces a payload above its limit
    /// @throws org.stratumj.noise.TransportException if the bytes are not authentic (encrypted streams only)
    default @Nullable Frame poll() {
        return poll((header, payload, offset, length) -> new Frame(header, Bytes.of(payload, offset, length)));
    }

    /// How many bytes have to be fed before a poll can get any further; 0 if it can now.
    ///
    /// Never more than the frame has left, so a caller that reads exactly this many never reads into the next one.
    int missingBytes();

    /// Whether a frame has begun that is not complete: a peer that leaves it at that keeps what it sent so far in our
    /// memory.
    boolean isInFrame();

    /// Sets other limits, from the next header on: what a peer may send grows with what it has proved.
    void limit(FrameLimits limits);
}
