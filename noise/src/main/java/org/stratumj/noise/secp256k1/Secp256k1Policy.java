package org.stratumj.noise.secp256k1;

/// Which provider of the curve is acceptable.
public enum Secp256k1Policy {
    /// Only a constant-time one. For servers: anybody can connect and measure how long the static key takes.
    REQUIRE_CONSTANT_TIME,
    /// A constant-time one if the platform has it, else the pure Java one. For clients, whose keys live for one
    /// handshake each, and for servers whose operator accepted the risk.
    PREFER_CONSTANT_TIME,
    /// The pure Java one, on any platform.
    PURE_JAVA
}
