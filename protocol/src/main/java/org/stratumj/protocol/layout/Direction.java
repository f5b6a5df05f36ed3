package org.stratumj.protocol.layout;

/// Who sends a message.
public enum Direction {
    /// Client to server.
    TO_SERVER,
    /// Server to client.
    TO_CLIENT,
    /// Either side.
    BOTH
}
