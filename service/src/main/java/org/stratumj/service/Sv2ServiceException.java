package org.stratumj.service;

import org.jspecify.annotations.Nullable;

/// A service could not start. The message is one line for the user: what, and what to do.
public final class Sv2ServiceException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Makes one for the user, with the cause for the log.
    public Sv2ServiceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
