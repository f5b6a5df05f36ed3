package org.stratumj.codec;

import org.stratumj.noise.TransportCiphers;

/// Both directions of one connection's stream of frames.
///
/// The directions share nothing, so each may be used by a thread of its own; neither by two at once.
///
/// @param decoder what arrives
/// @param encoder what is sent
public record FrameCodec(FrameDecoder decoder, FrameEncoder encoder) {
    /// A stream in plaintext, as the specification allows on a local network.
    ///
    /// @param limits the largest payloads taken from the peer
    public static FrameCodec plain(FrameLimits limits) {
        return new FrameCodec(new PlainFrameDecoder(limits), new PlainFrameEncoder());
    }

    /// An encrypted stream. The ciphers belong to it from now on.
    ///
    /// @param ciphers from the handshake
    /// @param limits  the largest payloads taken from the peer
    public static FrameCodec encrypted(TransportCiphers ciphers, FrameLimits limits) {
        return new FrameCodec(
                new EncryptedFrameDecoder(ciphers.receive(), limits), new EncryptedFrameEncoder(ciphers.send()));
    }
}
