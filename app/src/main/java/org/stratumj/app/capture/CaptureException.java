package org.stratumj.app.capture;

import java.io.Serial;

/// A capture file that cannot be read any further. The message is one line with the byte and the cause.
public final class CaptureException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    CaptureException(long at, String text) {
        super("byte " + at + " of the capture: " + text);
    }
}
