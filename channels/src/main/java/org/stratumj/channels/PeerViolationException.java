package org.stratumj.channels;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A peer sent a valid message that it must not send, or not now. Its state and ours no longer agree, so the
/// connection has to be closed.
public final class PeerViolationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /// A violation.
    ///
    /// @param message what was sent, and what should have been
    public PeerViolationException(String message) {
        super(message);
    }

    /// A violation found by other code.
    public PeerViolationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
