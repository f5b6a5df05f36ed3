package org.stratumj.service;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Lane;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Sv2Message;

/// A client of ours, connected and set up. What is sent after it is gone is dropped.
///
/// @param <O> the messages a server may send on this subprotocol
public interface Downstream<O extends Sv2Message> {

    /// Who it is. Any thread.
    PeerInfo info();

    /// The lane that owns this connection. Any thread.
    Lane lane();

    /// The extensions that were agreed on, without Extensions Negotiation itself. A client may ask at any time;
    /// the last answer counts. Lane only.
    Set<Integer> extensions();

    /// Queues `message`; it goes out at the end of the present turn. Lane only.
    ///
    /// @throws IllegalArgumentException if the message cannot be encoded, or makes use of an extension that is
    ///     not among [#extensions]
    void send(O message);

    /// Queues a frame encoded once for many. Lane only.
    void send(EncodedFrame frame);

    /// Whether the peer takes what is sent. When it does not, remember that there is news instead of queueing
    /// it, and send the newest state in [PeerHandler#onWritable]: beyond its byte budget a peer is closed. Lane
    /// only.
    boolean isWritable();

    /// Sends a request and waits for the answer with the same request id, which then does not go to the
    /// handler. Any thread; the stage completes on the lane.
    ///
    /// @param reply the answer that is hoped for
    /// @return fails with [RequestException] if the answer is another one, or none comes within `timeout`
    /// @throws IllegalArgumentException if `message` is not one that is answered
    <R extends Sv2Message> CompletionStage<R> request(O message, Class<R> reply, Duration timeout);

    /// Sends what is queued, then closes. Any thread; idempotent.
    void close(CloseReason reason);
}
