package org.stratumj.service;

/// What a service measures the time of.
public enum Latency {
    /// A handler's turn, with its effects where it has them on the lane.
    TURN,
    /// The Noise handshake, from accepting or connecting on.
    HANDSHAKE,
    /// SetupConnection, from the end of the handshake until it was accepted.
    SETUP,
    /// A request of ours, until its answer came; one that stays without is not measured.
    REQUEST,
    /// A record, from [Journal#append] until it was durable.
    PERSIST,
    /// News, from [ServerContext#announce] until the last peer had its turn or, if its handler may block, was given
    /// the news. Those that newer ones overtook are not measured.
    NEWS
}
