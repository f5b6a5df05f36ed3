package org.stratumj.service;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.EncodedFrame;
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

    /// The extensions that were agreed on, without Extensions Negotiation itself. Look here before each use of one:
    /// after [ClientHandler#onEndpointChanged] there are none until the server has answered again. Lane only.
    Set<Integer> extensions();

    /// Queues `message`; it goes out at the end of the present turn. Dropped if the connection is gone. Lane
    /// only.
    ///
    /// @throws IllegalArgumentException if it makes use of an extension that was not agreed on
    void send(O message);

    /// Queues a frame encoded once for many, or one that is forwarded. Dropped if the connection is gone. Lane only.
    ///
    /// @throws IllegalArgumentException if it makes use of an extension that was not agreed on
    void send(EncodedFrame frame);

    /// Sends a request and waits for the answer with the same request id, which then does not go to the
    /// handler. Any thread; the stage completes on the lane.
    ///
    /// @param reply the answer that is hoped for
    /// @return fails with [RequestException] if the answer is another one, or none comes within `timeout`
    /// @throws IllegalArgumentException if `message` is not one that is answered
    <R extends Sv2Message> CompletionStage<R> request(O message, Class<R> reply, Duration timeout);

    /// Sends what is queued, then closes; the service dials again by its policy. Any thread; idempotent.
    void close(CloseReason reason);
}
