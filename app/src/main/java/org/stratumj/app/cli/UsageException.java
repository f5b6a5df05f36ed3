package org.stratumj.app.cli;

/// The command line or the config file asks for something that cannot be. The message is one line that names
/// the flag or key and says what to do; the process ends with exit code 2.
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The line.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
