package org.stratumj.codegen;

import java.io.Serial;
import javax.lang.model.element.Element;

/// A record cannot be a message; becomes a compile error.
final class ModelException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Element place;

    ModelException(Element place, String message) {
        super(message);
        this.place = place;
    }

    /// Where in the source the mistake is.
    Element place() {
        return place;
    }
}
