package org.stratumj.service;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.Sv2Message;

/// A request was refused, or stayed without an answer. The message is one line.
public final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Sv2Message refusal;

    RequestException(String message, @Nullable Sv2Message refusal) {
        super(message);
        this.refusal = refusal;
    }

    /// What the peer answered instead of what was asked for; empty if the connection ended or the time was
    /// over.
    public Optional<Sv2Message> refusal() {
        return Optional.ofNullable(refusal);
    }
}
