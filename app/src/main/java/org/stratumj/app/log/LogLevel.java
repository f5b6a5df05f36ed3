package org.stratumj.app.log;

/// How much is logged.
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
}
