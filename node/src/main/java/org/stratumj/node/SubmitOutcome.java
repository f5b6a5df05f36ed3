package org.stratumj.node;

/// What a node made of a block.
public sealed interface SubmitOutcome {
    /// The reason of a block that is valid as far as looked at, but not on the best chain: another one was faster.
    String INCONCLUSIVE = "inconclusive";

    /// Valid, and the best block now (or, for a proposal, it would be).
    record Accepted() implements SubmitOutcome {}

    /// Valid, and known already.
    record Duplicate() implements SubmitOutcome {}

    /// Not accepted.
    ///
    /// @param reason why, in the words of BIP22 and Bitcoin Core: `high-hash`, `bad-cb-amount`,
    ///     [#INCONCLUSIVE]…
    record Rejected(String reason) implements SubmitOutcome {}

    /// The outcome that a node's answer stands for: none is accepted, `duplicate` is known, the rest is refused.
    ///
    /// @param reason the BIP22 answer; the empty string for none
    static SubmitOutcome of(String reason) {
        return switch (reason) {
            case "" -> new Accepted();
            case "duplicate" -> new Duplicate();
            default -> new Rejected(reason);
        };
    }
}
