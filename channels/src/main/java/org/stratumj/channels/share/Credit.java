package org.stratumj.channels.share;

import org.stratumj.protocol.ErrorCode;

/// Whether a share counts for its miner.
public sealed interface Credit {
    /// It is acknowledged.
    ///
    /// @param difficulty what it is worth: the difficulty of its job's target, whatever its hash; 0 if the hash
    ///                   misses that target and is acknowledged as a block, or as a share at a target eased since
    record Credited(double difficulty) implements Credit {}

    /// It does not count.
    ///
    /// @param code why
    record Refused(ErrorCode code) implements Credit {}
}
