package org.stratumj.connection;

import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.CommonToClient;
import org.stratumj.protocol.common.SetupConnection;

/// What happens on one [Connection]; always called on its lane, and not to block. An exception closes the
/// connection with [CloseReason.HandlerFailed].
///
/// ```text
/// [onSetup, server only] ─▶ onOpen ─▶ (onMessage | onCommon | onUnknown | onWritable)* ─▶ onClosed
/// ```
///
/// A connection that is not accepted or fails before goes to `onClosed` directly.
public interface ConnectionHandler {

    /// Who counts what goes over the connection; asked for once, before anything else.
    default Meter meter() {
        return Meter.NONE;
    }

    /// Last word on a request that the [SetupPolicy] accepts. On the server's side only.
    default SetupVerdict onSetup(SetupConnection request, SetupVerdict.Accept proposed) {
        return proposed;
    }

    /// The connection is set up; [Connection#info] tells with whom. At most once.
    void onOpen(Connection connection);

    /// A message of the negotiated subprotocol, in the right direction.
    void onMessage(Sv2Message message);

    /// `Reconnect` or `ChannelEndpointChanged`. On the client's side only.
    default void onCommon(CommonToClient message) {}

    /// A message of an extension or type that is not known. Spec: 03 §3.4.1.
    default void onUnknown(UnknownMessage message) {}

    /// The peer takes bytes again after it had stopped.
    default void onWritable() {}

    /// The connection is gone; exactly once, last.
    void onClosed(CloseReason reason);
}
