package org.stratumj.app.miner;

/// The kinds of mining channel. Spec: 05 §5.1.
public enum ChannelKind {
    /// The server fixes the merkle root; version bits, nonce and time are the miner's.
    STANDARD,

    /// Part of the extranonce is the miner's, too.
    EXTENDED
}
