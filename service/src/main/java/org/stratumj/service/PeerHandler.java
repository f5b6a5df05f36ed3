package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;

/// The conversation with one connected client: all state of that connection lives here. Every method runs on
/// the lane of the connection and must not block, unless [ServerHandler#mayBlock]; an exception closes this
/// connection and no other.
///
/// @param <I> messages from the client
/// @param <O> messages to the client
public interface PeerHandler<I extends Sv2Message, O extends Sv2Message> {

    /// After SetupConnection.Success is queued; exactly once, first.
    default Effect<O> onOpen() {
        return Effect.none();
    }

    /// A message of the subprotocol, in the right direction.
    Effect<O> onMessage(I message);

    /// A message of an extension or type this side does not know. By default it is counted and dropped. Spec:
    /// 03 §3.4.1.
    default Effect<O> onUnknown(UnknownMessage message) {
        return Effect.none();
    }

    /// The peer takes bytes again after it had stopped.
    default Effect<O> onWritable() {
        return Effect.none();
    }

    /// The connection is gone; exactly once, last.
    default void onClose(CloseReason reason) {}
}
