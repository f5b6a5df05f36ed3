/// Streams of frames without I/O: bytes that arrive in any pieces become frames, frames become bytes to send.
///
/// ```text
///  socket bytes ──▶ HandshakeBytes ──▶ act, to the handshake of the noise module ──▶ TransportCiphers
///  socket bytes ──▶ FrameDecoder (plain or encrypted) ──▶ FrameHeader and payload, or a Frame
///  Frame ──▶ FrameEncoder (plain or encrypted) ──▶ socket bytes
/// ```
///
/// A [org.stratumj.codec.FrameCodec] holds both directions of a connection. Not here: sockets, threads and deadlines
/// (module `connection`), and what the payloads mean (`protocol`).
package org.stratumj.codec;
