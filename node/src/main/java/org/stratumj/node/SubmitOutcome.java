package org.stratumj.node;

/// A node's verdict on a block (BIP22). Without a verdict there is a [NodeException] instead.
public sealed interface SubmitOutcome {
    /// The reason of a block that is valid as far as it was checked but not on the best chain: another block was
    /// faster.
    String INCONCLUSIVE = "inconclusive";

    /// Valid, and the best block now (or, for a proposal, it would be).
    record Accepted() implements SubmitOutcome {}

    /// Known already and not invalid: submitted before, or received from the network. It may be on a branch that is
    /// not the best one.
    record Duplicate() implements SubmitOutcome {}

    /// Not accepted.
    ///
    /// @param reason why, in the words of BIP22 and Bitcoin Core: `high-hash`, `bad-cb-amount`,
    ///     [#INCONCLUSIVE]…
    record Rejected(String reason) implements SubmitOutcome {}

    /// The verdict that a BIP22 string stands for: `duplicate` and `duplicate-inconclusive` are known, any other
    /// string is a rejection. Acceptance has no string.
    ///
    /// @param reason not empty
    static SubmitOutcome of(String reason) {
        return switch (reason) {
            case "" -> throw new IllegalArgumentException("an empty string is no verdict");
            case "duplicate", "duplicate-inconclusive" -> new Duplicate();
            default -> new Rejected(reason);
        };
    }
}
