package org.stratumj.connection;

import org.jspecify.annotations.Nullable;

/// What happens on a [Pipe]; always called on the pipe's lane.
///
/// A callback that throws ends its pipe: the failure is counted in [Network#laneFailures], and [#onClosed] follows with
/// it. A factory of handlers that throws ends its pipe as well.
public interface PipeHandler {

    /// Bytes arrived. The array belongs to the caller and is only valid during the call.
    void onBytes(byte[] bytes, int offset, int length);

    /// No more bytes of this burst are at hand: the place to flush answers in one go.
    default void onReadComplete() {}

    /// The network took some of what was queued: [Pipe#queuedBytes] has sunk, maybe during [Pipe#flush].
    default void onTaken() {}

    /// The pipe has room again after it had none.
    default void onWritable() {}

    /// The stream is gone; exactly once, last call.
    ///
    /// @param failure why, or null if the peer or we closed it in order
    void onClosed(@Nullable Throwable failure);
}
