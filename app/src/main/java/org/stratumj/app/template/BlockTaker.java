package org.stratumj.app.template;

import org.stratumj.bitcoin.RawBlock;
import org.stratumj.node.SubmitOutcome;

/// A node as far as found blocks go there.
@FunctionalInterface
public interface BlockTaker {
    /// Brings the node a block; blocks until it answers.
    ///
    /// @return its verdict
    /// @throws org.stratumj.node.NodeException if there is none; the block is to be submitted again
    SubmitOutcome submit(RawBlock block);
}
