package org.stratumj.connection.netty;

import java.io.IOException;
import java.net.BindException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// Failures of the system, worded for people: what the transports put around the text of the system is cut off.
final class Failures {
    private static final Pattern NATIVE_PREFIX = Pattern.compile("^.* failed with error\\(-?\\d+\\): ");
    private static final Pattern ADDRESS_SUFFIX = Pattern.compile(": \\S*/\\S+$");

    private Failures() {}

    /// @param where the address concerned
    static IOException readable(String where, Throwable cause) {
        return new IOException(where + ": " + text(cause), cause);
    }

    /// @param where the address that could not be bound
    static BindException unbound(String where, Throwable cause) {
        BindException failure = new BindException(where + ": " + text(cause));
        failure.initCause(cause);
        return failure;
    }

    static String text(Throwable cause) {
        String message =
                Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        String bare = NATIVE_PREFIX.matcher(message).replaceFirst("");
        String text = ADDRESS_SUFFIX.matcher(bare).replaceFirst("");
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
