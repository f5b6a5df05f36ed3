package org.stratumj.app.role;

/// A role cannot start or go on. The message is one line for the user: what is wrong, and what to do about it.
public final class RoleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RoleException(String message) {
        super(message);
    }

    public RoleException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The line.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
