package org.stratumj.service;

/// A question has got no answer: it was refused, it could not be put on its [Link], or the time was over. The
/// message is one line.
public final class AskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    AskException(String text) {
        super(text);
        this.text = text;
    }

    /// The message.
    public String text() {
        return text;
    }
}
