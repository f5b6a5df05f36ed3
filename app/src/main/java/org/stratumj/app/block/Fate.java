package org.stratumj.app.block;

/// The end of a found block or of its file, and the suffix of its file from then on.
public enum Fate {
    /// The block is in the chain, or a node has it.
    ACCEPTED("accepted"),
    /// Every node refused the block.
    REJECTED("rejected"),
    /// Six blocks lie on top and there is still no verdict.
    GIVEN_UP("given-up"),
    /// The file is not a whole block.
    DAMAGED("damaged");

    private final String suffix;

    Fate(String suffix) {
        this.suffix = suffix;
    }

    /// What follows the name of a pending file, after a dot.
    String suffix() {
        return suffix;
    }
}
