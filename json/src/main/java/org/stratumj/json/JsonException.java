package org.stratumj.json;

import java.io.Serial;

/// JSON that is not the form of a frame. The message is one line of printable ASCII that names the place.
public final class JsonException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String path;

    JsonException(String path, String detail) {
        super((path.isEmpty() ? "(document)" : path) + ": " + detail);
        this.path = path;
    }

    /// The way to the place, as `fields.merkle_path[3]`; empty for the document itself.
    public String path() {
        return path;
    }
}
