package org.stratumj.app.capture;

import java.time.Instant;
import java.util.Optional;

/// Takes the bytes of one direction of one connection, in order.
public interface StreamReader {
    /// The next bytes.
    ///
    /// @param time  of the packet that brought them
    /// @param bytes not to be changed
    void onBytes(Optional<Instant> time, byte[] bytes, int offset, int length);

    /// So many bytes are not in the capture; what follows is behind them.
    void onLost(long count);

    /// Nothing follows.
    void onEnd();
}
