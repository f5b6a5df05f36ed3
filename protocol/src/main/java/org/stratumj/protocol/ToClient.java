package org.stratumj.protocol;

/// What a server may send to a client: each message that travels downstream is one.
public interface ToClient {}
