package org.stratumj.connection;

import java.util.Objects;

/// The peer did what the protocol forbids. The connection does not survive it.
final class PeerViolationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PeerViolationException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
