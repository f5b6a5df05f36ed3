package org.stratumj.node.embedded;

/// The consensus rule that a block or transaction breaks. Stays in this package, where some forty checks in a row
/// would drown in results handed up; outside it is a [org.stratumj.node.SubmitOutcome].
final class RuleViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean mutated;

    private RuleViolation(String reason, boolean mutated) {
        // Expected and frequent: no stack trace.
        super(reason, null, false, false);
        this.mutated = mutated;
    }

    /// @param reason as Bitcoin Core words it
    RuleViolation(String reason) {
        this(reason, false);
    }

    /// A violation by data that the block's id does not commit to: another body may be valid under the same id.
    static RuleViolation ofMutation(String reason) {
        return new RuleViolation(reason, true);
    }

    static void check(boolean holds, String reason) {
        if (!holds) {
            throw new RuleViolation(reason);
        }
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    boolean mutated() {
        return mutated;
    }
}
