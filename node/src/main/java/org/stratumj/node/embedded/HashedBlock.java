package org.stratumj.node.embedded;

import java.util.List;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Hash256;

/// A block with the ids that its rules need again and again.
///
/// @param hash  id of the block
/// @param txids ids of its transactions
record HashedBlock(Block block, Hash256 hash, List<Hash256> txids) {
    static HashedBlock of(Block block) {
        return new HashedBlock(block, block.hash(), block.txids());
    }
}
