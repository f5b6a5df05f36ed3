package org.stratumj.connection;

/// Who counts what goes over a connection and how long its first steps take. Called on the lane of the connection,
/// for every frame: it must not block, throw or allocate. One may serve many connections, so what it counts with is
/// for any thread.
///
/// Messages are told by their numbers, as frames carry them; [org.stratumj.protocol.MessageRegistry#layout] knows
/// their names. A peer can send any numbers, so keep no counter for one that has no name. Spec: 03 §3.2.
public interface Meter {

    /// Counts nothing.
    Meter NONE = new Meter() {};

    /// A frame arrived, whatever its payload turns out to be.
    default void received(int extensionType, int messageType) {}

    /// Bytes of frames arrived, as they are on the network: with encryption, without the handshake.
    default void receivedBytes(int bytes) {}

    /// A frame was queued.
    ///
    /// @param bytes its size on the network, with encryption
    default void sent(int extensionType, int messageType, int bytes) {}

    /// The Noise handshake succeeded, in so many nanoseconds from accepting or connecting on. Spec: 04 §4.5.
    default void handshakeTook(long nanos) {}

    /// SetupConnection was accepted, in so many nanoseconds from the end of the handshake on. Spec: 03 §3.6.
    default void setupTook(long nanos) {}
}
