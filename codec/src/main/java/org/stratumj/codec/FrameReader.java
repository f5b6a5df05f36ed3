package org.stratumj.codec;

import org.stratumj.protocol.frame.FrameHeader;

/// Takes one frame from a decoder, straight from its buffer; `MessageReader::decode` is one.
///
/// @param <T> what it makes of a frame
@FunctionalInterface
public interface FrameReader<T> {
    /// Reads a frame. The payload is valid during the call only and must not be changed.
    ///
    /// @param length the payload's size in bytes, as the header says
    T read(FrameHeader header, byte[] payload, int offset, int length);
}
