package org.stratumj.codec;

import org.stratumj.protocol.frame.Frame;

/// Turns the frames of one connection into the bytes to send, in the order they are encoded.
///
/// A frame is immutable plaintext, so one that goes to many connections is made once and given to the encoder of each.
/// What an encrypted stream has encoded must be sent: the peer counts. Not for use by two threads at once.
public sealed interface FrameEncoder permits PlainFrameEncoder, EncryptedFrameEncoder {
    /// How many bytes a frame takes on this stream.
    int encodedSize(Frame frame);

    /// Writes the bytes of a frame into `target` from `offset` on.
    ///
    /// @return how many, [#encodedSize]
    /// @throws IndexOutOfBoundsException if `target` is too short; nothing is encoded then
    int encode(Frame frame, byte[] target, int offset);

    /// The bytes of a frame.
    default byte[] encode(Frame frame) {
        var bytes = new byte[encodedSize(frame)];
        encode(frame, bytes, 0);
        return bytes;
    }
}
