package org.stratumj.app.log;

import java.util.Locale;

/// How much is logged.
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    /// As users write it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
