package org.stratumj.channels.share;

import org.stratumj.protocol.ErrorCode;

/// Whether a share counts for its miner.
public sealed interface Credit {
    /// It counts.
    ///
    /// @param difficulty what it is worth: the difficulty of its job's target, whatever its hash
    record Credited(double difficulty) implements Credit {}

    /// It does not count.
    ///
    /// @param code why
    record Refused(ErrorCode code) implements Credit {}
}
