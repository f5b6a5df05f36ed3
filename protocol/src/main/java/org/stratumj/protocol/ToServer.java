package org.stratumj.protocol;

/// What a client may send to a server: each message that travels upstream is one.
public interface ToServer {}
