package org.stratumj.channels.server;

/// What a client states about the hash rates of its channels, hashes per second: how much of it shares bear out.
///
/// @param believed the stated rates, each bounded by what its channel's shares prove
/// @param unproven what was stated beyond that for channels that are too new to have proven it
public record HashRates(double believed, double unproven) {
    /// No channels.
    public static final HashRates NONE = new HashRates(0, 0);

    /// Both together.
    public HashRates plus(HashRates other) {
        return new HashRates(believed + other.believed, unproven + other.unproven);
    }
}
