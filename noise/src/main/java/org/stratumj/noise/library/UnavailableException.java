package org.stratumj.noise.library;

/// Something native cannot be used here: there is no library for the platform, it is not the pinned one, it cannot be
/// loaded, or what it computes is wrong. The message says which in one line.
public final class UnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /// Makes an exception with its one line.
    public UnavailableException(String message) {
        super(message);
    }

    /// Makes an exception with its one line and what led to it.
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
