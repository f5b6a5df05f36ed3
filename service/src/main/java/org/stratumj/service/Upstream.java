package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Lane;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Sv2Message;

/// A server we are connected to and set up with.
///
/// @param <O> the messages a client may send on this subprotocol
public interface Upstream<O extends Sv2Message> {

    /// Who it is. Any thread.
    PeerInfo info();

    /// The lane that owns this connection. Any thread.
    Lane lane();

    /// Queues `message`; it goes out at the end of the present turn. Dropped if the connection is gone. Lane
    /// only.
    void send(O message);

    /// Sends what is queued, then closes; the service dials again by its policy. Any thread; idempotent.
    void close(CloseReason reason);
}
